<?php
// Publishes to two topics, the topic in an envelope frame, until it is killed. Usage: publisher.php [ENDPOINT]
$publisher = new ZMQSocket(new ZMQContext(), ZMQ::SOCKET_PUB);
$publisher->bind($argv[1] ?? 'tcp://*:5563');
echo "ready\n";
while (true) {
    $publisher->send('A', ZMQ::MODE_SNDMORE);
    $publisher->send("1:We don't want to see this");
    $publisher->send('B', ZMQ::MODE_SNDMORE);
    $publisher->send('1:We would like to see this');
    usleep(20000);
}
