package io.lingmq.bench.peer;

import org.zeromq.ZMQ;

/**
 * A JeroMQ socket.
 *
 * @param socket the socket
 * @param hasEnvelope whether messages come with the sender's routing id in front
 */
record JeroPort(ZMQ.Socket socket, boolean hasEnvelope) implements Port {
    @Override
    public void bind(String endpoint) {
        socket.bind(endpoint);
    }

    @Override
    public void connect(String endpoint) {
        socket.connect(endpoint);
    }

    @Override
    public void subscribe(byte[] topic) {
        socket.subscribe(topic);
    }

    @Override
    public void losslessAndVerbose() {
        socket.setXpubNoDrop(true);
        socket.setXpubVerbose(true);
    }

    @Override
    public void marks(int messages) {
        socket.setHWM(messages);
    }

    @Override
    public void sendWithoutLimit() {
        socket.setSndHWM(0);
    }

    @Override
    public void receiveWithoutLimit() {
        socket.setRcvHWM(0);
    }

    @Override
    public void backlog(int peers) {
        socket.setBacklog(peers);
    }

    @Override
    public void send(byte[] body) {
        if (!socket.send(body, 0)) {
            throw new IllegalStateException("JeroMQ did not take a message: error " + socket.errno());
        }
    }

    @Override
    public int receive() {
        if (hasEnvelope) {
            socket.recv(0);
        }
        return socket.recv(0).length;
    }

    @Override
    public long receiveStamp(int size) {
        if (hasEnvelope) {
            socket.recv(0);
        }
        return Stamp.read(socket.recv(0), size);
    }

    @Override
    public long tryReceiveStamp(int size) {
        var first = socket.recv(ZMQ.DONTWAIT);
        if (first == null) {
            return Stamp.NONE;
        }
        return Stamp.read(hasEnvelope ? socket.recv(0) : first, size);
    }

    @Override
    public int tryReceive() {
        var body = socket.recv(ZMQ.DONTWAIT);
        if (body == null) {
            return NOTHING;
        }
        return hasEnvelope ? socket.recv(0).length : body.length;
    }

    @Override
    public void echo() {
        if (hasEnvelope) {
            var peer = socket.recv(0);
            var body = socket.recv(0);
            socket.send(peer, ZMQ.SNDMORE);
            send(body);
        } else {
            send(socket.recv(0));
        }
    }
}
