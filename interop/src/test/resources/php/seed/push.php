<?php
// Hands out work. Usage: push.php bind|connect COUNT ENDPOINT ...
[, $verb, $count] = $argv;
$push = new ZMQSocket(new ZMQContext(), ZMQ::SOCKET_PUSH);
foreach (array_slice($argv, 3) as $endpoint) {
    $push->$verb($endpoint);
}
for ($i = 1; $i <= $count; $i++) {
    $push->send("Hello Client $i");
}
