<?php
// A broker that polls both sides and passes messages on frame by frame. Usage: broker.php [FRONTEND] [BACKEND]
$context = new ZMQContext();
$frontend = new ZMQSocket($context, ZMQ::SOCKET_ROUTER);
$backend = new ZMQSocket($context, ZMQ::SOCKET_DEALER);
$frontend->bind($argv[1] ?? 'tcp://*:5559');
$backend->bind($argv[2] ?? 'tcp://*:5560');

/** Two polls in turn: with php-zmq 1.1.3 on PHP 8 one poll takes all sockets for the same one and keeps the first. */
function pollFor(ZMQSocket $socket): ZMQPoll
{
    $poll = new ZMQPoll();
    $poll->add($socket, ZMQ::POLL_IN);
    return $poll;
}

function passOn(ZMQSocket $from, ZMQSocket $to): void
{
    do {
        $frame = $from->recv();
        $more = $from->getSockOpt(ZMQ::SOCKOPT_RCVMORE);
        $to->send($frame, $more ? ZMQ::MODE_SNDMORE : 0);
    } while ($more);
}

$fromClients = pollFor($frontend);
$fromWorkers = pollFor($backend);
$readable = $writable = [];
echo "ready\n";
while (true) {
    if ($fromClients->poll($readable, $writable, 1) > 0) {
        passOn($frontend, $backend);
    }
    if ($fromWorkers->poll($readable, $writable, 1) > 0) {
        passOn($backend, $frontend);
    }
}
