<?php
// A broker that polls both sides and passes messages on frame by frame. Usage: broker.php [FRONTEND] [BACKEND]
$context = new ZMQContext();
$frontend = new ZMQSocket($context, ZMQ::SOCKET_ROUTER);
$backend = new ZMQSocket($context, ZMQ::SOCKET_DEALER);
$frontend->bind($argv[1] ?? 'tcp://*:5559');
$backend->bind($argv[2] ?? 'tcp://*:5560');

$poll = new ZMQPoll();
$poll->add($frontend, ZMQ::POLL_IN);
$poll->add($backend, ZMQ::POLL_IN);

function passOn(ZMQSocket $from, ZMQSocket $to): void
{
    do {
        $frame = $from->recv();
        $more = $from->getSockOpt(ZMQ::SOCKOPT_RCVMORE);
        $to->send($frame, $more ? ZMQ::MODE_SNDMORE : 0);
    } while ($more);
}

echo "ready\n";
$readable = $writable = [];
while (true) {
    if ($poll->poll($readable, $writable) > 0) {
        foreach ($readable as $socket) {
            $socket === $frontend ? passOn($frontend, $backend) : passOn($backend, $frontend);
        }
    }
}
