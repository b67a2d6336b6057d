<?php
// A server: prints each request and answers it. Usage: reply.php [ENDPOINT ...] — each one is bound.
$endpoints = array_slice($argv, 1) ?: ['tcp://*:5559'];
$server = new ZMQSocket(new ZMQContext(), ZMQ::SOCKET_REP);
foreach ($endpoints as $endpoint) {
    $server->bind($endpoint);
}
echo "ready\n";
while (true) {
    $request = $server->recv();
    echo $request, "\n";
    $server->send("From Server1:" . $request);
}
