<?php
// Takes work. Usage: pull.php bind|connect COUNT ENDPOINT ...
[, $verb, $count] = $argv;
$pull = new ZMQSocket(new ZMQContext(), ZMQ::SOCKET_PULL);
foreach (array_slice($argv, 3) as $endpoint) {
    $pull->$verb($endpoint);
}
echo "ready\n";
for ($i = 0; $i < $count; $i++) {
    echo $pull->recv(), "\n";
}
