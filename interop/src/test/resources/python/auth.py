"""A PLAIN server with the authenticator of pyzmq, or a PLAIN client whose monitor is told.

auth.py server USER PASSWORD   binds a PULL socket and prints each message
auth.py client ENDPOINT USER PASSWORD   connects a PUSH socket and prints how the handshake ended
"""

import sys

import zmq
from zmq.auth.thread import ThreadAuthenticator
from zmq.utils.monitor import recv_monitor_message

context = zmq.Context()


def server(user, password):
    authenticator = ThreadAuthenticator(context)
    authenticator.start()
    authenticator.configure_plain(domain="global", passwords={user: password})
    socket = context.socket(zmq.PULL)
    socket.plain_server = True
    socket.zap_domain = b"global"
    socket.bind("tcp://127.0.0.1:*")
    print(socket.last_endpoint.rstrip(b"\0").decode(), flush=True)
    while True:
        print(socket.recv().decode(), flush=True)


def client(endpoint, user, password):
    socket = context.socket(zmq.PUSH)
    socket.plain_username = user.encode()
    socket.plain_password = password.encode()
    monitor = socket.get_monitor_socket()
    socket.connect(endpoint)
    ends = {
        zmq.EVENT_HANDSHAKE_SUCCEEDED: "succeeded",
        zmq.EVENT_HANDSHAKE_FAILED_AUTH: "refused",
        zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL: "broken",
        zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL: "failed",
    }
    while True:
        event = recv_monitor_message(monitor)
        if event["event"] in ends:
            print(ends[event["event"]], event["value"], flush=True)
            break
    sys.stdin.readline()


{"server": server, "client": client}[sys.argv[1]](*sys.argv[2:])
