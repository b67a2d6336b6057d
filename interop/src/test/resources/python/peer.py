"""A libzmq peer that is told what to do on standard input: the commands of c/peer.c, in Python."""

import sys
import time

import zmq

BLOCK = 4096
SEND_PATIENCE_MS = 10_000

context = zmq.Context()
sockets = {}
kept = {}
blocks = {}


def block(seed):
    if seed not in blocks:
        octets = bytearray(BLOCK)
        x = seed
        for i in range(BLOCK):
            x = (x * 1103515245 + 12345) & 0xFFFFFFFF
            octets[i] = x >> 16 & 0xFF
        blocks[seed] = bytes(octets)
    return blocks[seed]


def generate(seed, size):
    """The body that io.lingmq.testkit.Bodies describes."""
    twice = block(seed) * 2
    body = bytearray(b"".join(twice[at // BLOCK % BLOCK :][:BLOCK] for at in range(0, size, BLOCK)))
    del body[size:]
    if size:
        body[0] |= 0x80
    return bytes(body)


def octets(hexadecimal):
    return b"" if hexadecimal == "-" else bytes.fromhex(hexadecimal)


def frame(word):
    kind, _, rest = word.partition(":")
    if kind == "gen":
        seed, size = rest.split(":")
        return generate(int(seed), int(size))
    return bytes.fromhex(rest)


def open_socket(name, kind):
    socket = context.socket(getattr(zmq, kind))
    socket.linger = 2000
    socket.sndtimeo = SEND_PATIENCE_MS
    sockets[name] = socket


def bind(name, endpoint):
    sockets[name].bind(endpoint)
    return sockets[name].last_endpoint.rstrip(b"\0").decode()


def send(name, frames):
    message = []
    for word in frames.split(","):
        message.extend(kept[name] if word == "@" else [frame(word)])
    end = time.monotonic() + SEND_PATIENCE_MS / 1000
    while True:
        try:
            sockets[name].send_multipart(message)
            return
        except zmq.ZMQError as error:  # a ROUTER's peer may still be on its way
            if error.errno != zmq.EHOSTUNREACH or time.monotonic() > end:
                raise
            zmq.zmq_poll([], 1)


def receive(name, ms):
    sockets[name].rcvtimeo = int(ms)
    return sockets[name].recv_multipart()


def recv(name, ms, frames):
    message = receive(name, ms)
    words = frames.split(",")
    if len(words) != len(message):
        raise ValueError(f"{len(message)} frames came, not {len(words)}")
    kept[name] = [body for word, body in zip(words, message) if word == "*"]
    for index, (word, body) in enumerate(zip(words, message)):
        if word != "*" and frame(word) != body:
            raise ValueError(f"frame {index} has {len(body)} octets, and is not {word}")


def take(name, ms):
    return ",".join(body.hex() for body in receive(name, ms))


def pour(name, first, count, size):
    rest = generate(1, int(size))[8:]
    for n in range(int(first), int(first) + int(count)):
        sockets[name].send(b"%08d" % n + rest)


def tell(name, count, ms):
    for _ in range(int(count)):
        try:
            number = receive(name, ms)[0][:8].decode()
        except zmq.Again:
            return
        print("n", number, flush=True)


def echo(name, count, ms):
    for _ in range(int(count)):
        sockets[name].send_multipart(receive(name, ms))


COMMANDS = {
    "open": open_socket,
    "set": lambda name, option, value: sockets[name].setsockopt(int(option), int(value)),
    "name": lambda name, option, value: sockets[name].setsockopt(int(option), octets(value)),
    "bind": bind,
    "connect": lambda name, endpoint: sockets[name].connect(endpoint),
    "unbind": lambda name, endpoint: sockets[name].unbind(endpoint),
    "disconnect": lambda name, endpoint: sockets[name].disconnect(endpoint),
    "send": send,
    "recv": recv,
    "take": take,
    "pour": pour,
    "tell": tell,
    "echo": echo,
    "poke": lambda name: sockets[name].getsockopt(zmq.EVENTS) and None,
    "close": lambda name: sockets.pop(name).close(),
}

print("ok libzmq", zmq.zmq_version(), flush=True)
for line in sys.stdin:
    command, *arguments = line.split()
    try:
        result = COMMANDS[command](*arguments)
        print("ok", result if isinstance(result, str) else "", flush=True)
    except (zmq.ZMQError, ValueError, KeyError) as error:
        print("err", str(error).replace("\n", " "), flush=True)
