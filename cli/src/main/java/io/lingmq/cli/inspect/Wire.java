package io.lingmq.cli.inspect;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * A connection that ends at a fixed time, whatever the peer does, and keeps the first octets that come.
 *
 * <p>Threading: confined to the thread that opens it, which an interrupt ends.
 */
final class Wire implements AutoCloseable {
    private final Selector selector;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final long deadlineNs;
    private final ByteBuffer heard;
    private boolean ended;

    private Wire(SocketChannel channel, Duration limit, int mostOctets) throws IOException {
        this.channel = channel;
        deadlineNs = System.nanoTime() + limit.toNanos();
        heard = ByteBuffer.allocate(mostOctets);
        selector = Selector.open();
        channel.configureBlocking(false);
        key = channel.register(selector, 0);
    }

    /**
     * Connects.
     *
     * @throws IOException if nobody is there, or nobody answers in time
     */
    static Wire connect(SocketChannel channel, SocketAddress address, Duration limit, int mostOctets)
            throws IOException, InterruptedException {
        var wire = new Wire(channel, limit, mostOctets);
        try {
            var connected = channel.connect(address);
            while (!connected) {
                if (!wire.await(SelectionKey.OP_CONNECT)) {
                    throw new IOException("no answer to the attempt to connect");
                }
                connected = channel.finishConnect();
            }
            return wire;
        } catch (IOException | RuntimeException | InterruptedException e) {
            wire.close();
            throw e;
        }
    }

    private boolean await(int operation) throws IOException, InterruptedException {
        key.interestOps(operation);
        while (true) {
            var leftNs = deadlineNs - System.nanoTime();
            if (leftNs <= 0) {
                return false;
            }
            selector.selectedKeys().clear();
            var ready = selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNs)));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (ready > 0) {
                return true;
            }
        }
    }

    /** Sends octets; those that the peer does not take in time are lost, and so will its answer be. */
    void send(byte[] octets) throws IOException, InterruptedException {
        var out = ByteBuffer.wrap(octets);
        while (out.hasRemaining()) {
            if (channel.write(out) == 0 && !await(SelectionKey.OP_WRITE)) {
                return;
            }
        }
    }

    /** Whether so many octets have come; waits for them. Not so if the peer ends before, or the time does. */
    boolean has(int octets) throws IOException, InterruptedException {
        while (heard.position() < octets) {
            if (ended || !heard.hasRemaining() || !await(SelectionKey.OP_READ)) {
                return false;
            }
            ended = read() < 0;
        }
        return true;
    }

    /** A peer that resets the connection has ended it, and what it said before still counts. */
    private int read() {
        try {
            return channel.read(heard);
        } catch (IOException e) {
            return -1;
        }
    }

    /** Whether the peer has ended the connection. */
    boolean ended() {
        return ended;
    }

    /** All that has come so far. */
    byte[] heard() {
        return Arrays.copyOf(heard.array(), heard.position());
    }

    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
    }
}
