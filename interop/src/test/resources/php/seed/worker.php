<?php
// A server behind a broker: connects where reply.php binds. Usage: worker.php [ENDPOINT] [NAME]
$worker = new ZMQSocket(new ZMQContext(), ZMQ::SOCKET_REP);
$worker->connect($argv[1] ?? 'tcp://localhost:5560');
$name = $argv[2] ?? 'Server1';
echo "ready\n";
while (true) {
    $request = $worker->recv();
    echo $request, "\n";
    $worker->send("From $name:" . $request);
}
