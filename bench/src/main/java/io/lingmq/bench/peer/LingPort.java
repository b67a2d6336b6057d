package io.lingmq.bench.peer;

import io.lingmq.AnySocket;
import io.lingmq.message.Message;
import io.lingmq.option.Options;

/** A LingMQ socket. */
record LingPort(AnySocket socket) implements Port {
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
        socket.set(Options.XPUB_NO_DROP, true);
        socket.set(Options.XPUB_VERBOSE, true);
    }

    @Override
    public void marks(int messages) {
        socket.set(Options.SEND_HWM, messages);
        socket.set(Options.RECEIVE_HWM, messages);
    }

    @Override
    public void sendWithoutLimit() {
        socket.set(Options.SEND_HWM, 0);
    }

    @Override
    public void receiveWithoutLimit() {
        socket.set(Options.RECEIVE_HWM, 0);
    }

    @Override
    public void backlog(int peers) {
        socket.set(Options.BACKLOG, peers);
    }

    @Override
    public void send(byte[] body) throws InterruptedException {
        socket.send(Message.wrap(body));
    }

    @Override
    public int receive() throws InterruptedException {
        return sizeOf(socket.receive());
    }

    @Override
    public int tryReceive() {
        var message = socket.tryReceive();
        return message == null ? NOTHING : sizeOf(message);
    }

    @Override
    public void echo() throws InterruptedException {
        socket.send(socket.receive());
    }

    @Override
    public long receiveStamp(int size) throws InterruptedException {
        return stampOf(socket.receive(), size);
    }

    @Override
    public long tryReceiveStamp(int size) {
        var message = socket.tryReceive();
        return message == null ? Stamp.NONE : stampOf(message, size);
    }

    private static long stampOf(Message message, int size) {
        return Stamp.read(message.sharedArray(message.frameCount() - 1), size);
    }

    private static int sizeOf(Message message) {
        return message.size(message.frameCount() - 1);
    }
}
