<?php
// A broker in three lines. Usage: device.php [FRONTEND] [BACKEND]
$context = new ZMQContext();
$frontend = new ZMQSocket($context, ZMQ::SOCKET_ROUTER);
$backend = new ZMQSocket($context, ZMQ::SOCKET_DEALER);
$frontend->bind($argv[1] ?? 'tcp://*:5559');
$backend->bind($argv[2] ?? 'tcp://*:5560');
echo "ready\n";
$device = new ZMQDevice($frontend, $backend);
$device->run();
