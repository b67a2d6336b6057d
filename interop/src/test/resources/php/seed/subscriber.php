<?php
// Subscribes to one topic of several publishers. Usage: subscriber.php COUNT [ENDPOINT ...]
$endpoints = array_slice($argv, 2) ?: ['tcp://localhost:5563', 'tcp://localhost:5564'];
$subscriber = new ZMQSocket(new ZMQContext(), ZMQ::SOCKET_SUB);
foreach ($endpoints as $endpoint) {
    $subscriber->connect($endpoint);
}
$subscriber->setSockOpt(ZMQ::SOCKOPT_SUBSCRIBE, 'B');
for ($i = 0; $i < $argv[1]; $i++) {
    $address = $subscriber->recv();
    $contents = $subscriber->recv();
    printf("[%s] %s\n", $address, $contents);
}
