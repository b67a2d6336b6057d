<?php
// A libzmq peer that is told what to do on standard input: the commands of c/peer.c, in PHP.

const BLOCK = 4096;
const SEND_PATIENCE_MS = 10000;

$context = new ZMQContext();
$sockets = [];
$kept = [];

function block(int $seed): string
{
    static $blocks = [];
    if (!isset($blocks[$seed])) {
        $octets = '';
        $x = $seed;
        for ($i = 0; $i < BLOCK; $i++) {
            $x = ($x * 1103515245 + 12345) & 0xFFFFFFFF;
            $octets .= chr($x >> 16 & 0xFF);
        }
        $blocks[$seed] = $octets;
    }
    return $blocks[$seed];
}

/** The body that io.lingmq.testkit.Bodies describes. */
function generate(int $seed, int $size): string
{
    $twice = block($seed) . block($seed);
    $parts = [];
    for ($at = 0; $at < $size; $at += BLOCK) {
        $parts[] = substr($twice, intdiv($at, BLOCK) % BLOCK, min(BLOCK, $size - $at));
    }
    $body = implode('', $parts);
    if ($size > 0) {
        $body[0] = chr(ord($body[0]) | 0x80);
    }
    return $body;
}

function octets(string $hex): string
{
    return $hex === '-' ? '' : hex2bin($hex);
}

function frame(string $word): string
{
    $fields = explode(':', $word);
    return $fields[0] === 'gen' ? generate((int) $fields[1], (int) $fields[2]) : hex2bin($fields[1]);
}

function open(string $name, string $type): void
{
    global $context, $sockets;
    $socket = new ZMQSocket($context, constant("ZMQ::SOCKET_$type"));
    $socket->setSockOpt(ZMQ::SOCKOPT_LINGER, 2000);
    $socket->setSockOpt(ZMQ::SOCKOPT_SNDTIMEO, SEND_PATIENCE_MS);
    $sockets[$name] = $socket;
}

function bind(string $name, string $endpoint): string
{
    global $sockets;
    $sockets[$name]->bind($endpoint, true);
    return rtrim($sockets[$name]->getSockOpt(ZMQ::SOCKOPT_LAST_ENDPOINT), "\0");
}

function send(string $name, string $frames): void
{
    global $sockets, $kept;
    $message = [];
    foreach (explode(',', $frames) as $word) {
        $message = array_merge($message, $word === '@' ? $kept[$name] : [frame($word)]);
    }
    $end = hrtime(true) + SEND_PATIENCE_MS * 1000000;
    while (true) {
        try {
            $sockets[$name]->sendMulti($message);
            return;
        } catch (ZMQSocketException $e) { // a ROUTER's peer may still be on its way
            if (!str_contains($e->getMessage(), 'unreachable') || hrtime(true) > $end) {
                throw $e;
            }
            usleep(1000);
        }
    }
}

function receive(string $name, int $ms): array
{
    global $sockets;
    $sockets[$name]->setSockOpt(ZMQ::SOCKOPT_RCVTIMEO, $ms);
    $message = $sockets[$name]->recvMulti();
    if ($message === false) {
        throw new RuntimeException('Resource temporarily unavailable');
    }
    return $message;
}

function recv(string $name, int $ms, string $frames): void
{
    global $kept;
    $message = receive($name, $ms);
    $words = explode(',', $frames);
    if (count($words) !== count($message)) {
        throw new RuntimeException(count($message) . ' frames came, not ' . count($words));
    }
    $kept[$name] = [];
    foreach ($words as $index => $word) {
        if ($word === '*') {
            $kept[$name][] = $message[$index];
        } elseif (frame($word) !== $message[$index]) {
            throw new RuntimeException("frame $index has " . strlen($message[$index]) . " octets, and is not $word");
        }
    }
}

function take(string $name, int $ms): string
{
    return implode(',', array_map('bin2hex', receive($name, $ms)));
}

function pour(string $name, int $first, int $count, int $size): void
{
    global $sockets;
    $rest = substr(generate(1, $size), 8);
    for ($n = $first; $n < $first + $count; $n++) {
        $sockets[$name]->send(sprintf('%08d', $n) . $rest);
    }
}

function tell(string $name, int $count, int $ms): void
{
    for ($i = 0; $i < $count; $i++) {
        try {
            $number = substr(receive($name, $ms)[0], 0, 8);
            echo "n $number\n";
        } catch (RuntimeException $e) {
            return;
        }
    }
}

function echoBack(string $name, int $count, int $ms): void
{
    global $sockets;
    for ($i = 0; $i < $count; $i++) {
        $sockets[$name]->sendMulti(receive($name, $ms));
    }
}

function obey(array $words): string
{
    global $sockets;
    [$command, $name] = $words;
    switch ($command) {
        case 'open':
            open($name, $words[2]);
            return '';
        case 'set':
            $sockets[$name]->setSockOpt((int) $words[2], (int) $words[3]);
            return '';
        case 'name':
            $sockets[$name]->setSockOpt((int) $words[2], octets($words[3]));
            return '';
        case 'bind':
            return bind($name, $words[2]);
        case 'connect':
            $sockets[$name]->connect($words[2], true);
            return '';
        case 'unbind':
            $sockets[$name]->unbind($words[2]);
            return '';
        case 'disconnect':
            $sockets[$name]->disconnect($words[2]);
            return '';
        case 'send':
            send($name, $words[2]);
            return '';
        case 'recv':
            recv($name, (int) $words[2], $words[3]);
            return '';
        case 'take':
            return take($name, (int) $words[2]);
        case 'pour':
            pour($name, (int) $words[2], (int) $words[3], (int) $words[4]);
            return '';
        case 'tell':
            tell($name, (int) $words[2], (int) $words[3]);
            return '';
        case 'echo':
            echoBack($name, (int) $words[2], (int) $words[3]);
            return '';
        case 'poke':
            $sockets[$name]->getSockOpt(ZMQ::SOCKOPT_EVENTS);
            return '';
        case 'close':
            unset($sockets[$name], $GLOBALS['kept'][$name]);
            return '';
    }
    throw new RuntimeException("unknown command $command");
}

echo 'ok libzmq ', ZMQ::LIBZMQ_VER, "\n";
while (($line = fgets(STDIN)) !== false) {
    try {
        $answer = obey(explode(' ', trim($line)));
        echo "ok $answer\n";
    } catch (Exception $e) {
        echo 'err ', str_replace("\n", ' ', $e->getMessage()), "\n";
    }
}
