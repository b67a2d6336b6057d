<?php
// A client: sends requests and prints the replies. Usage: request.php [ENDPOINT] [COUNT]
$client = new ZMQSocket(new ZMQContext(), ZMQ::SOCKET_REQ);
$client->connect($argv[1] ?? 'tcp://localhost:5559');
for ($i = (int) ($argv[2] ?? 1); $i > 0; $i--) {
    $client->send("Hello From Client:" . uniqid());
    var_dump($client->recv());
}
