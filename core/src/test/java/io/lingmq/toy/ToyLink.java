package io.lingmq.toy;

import io.lingmq.reactor.Reactor;
import io.lingmq.transport.Acceptor;
import io.lingmq.transport.Connecting;
import io.lingmq.transport.Link;
import io.lingmq.transport.LinkWatcher;
import io.lingmq.transport.ReadyWatcher;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A link over another one, which turns the bits of all octets round. */
final class ToyLink implements Link {
    private static final int MOST_AT_ONCE = 1000;

    private final Link below;

    private ToyLink(Link below) {
        this.below = below;
    }

    private static Link over(Link below) {
        return below == null ? null : new ToyLink(below);
    }

    /** An acceptor whose links are of this kind. */
    static Acceptor accepting(Acceptor below) {
        return new Acceptor() {
            @Override
            public String endpoint() {
                return below.endpoint();
            }

            @Override
            public void watch(Reactor reactor, ReadyWatcher watcher) throws IOException {
                below.watch(reactor, watcher);
            }

            @Override
            public void acceptInterest(boolean wanted) {
                below.acceptInterest(wanted);
            }

            @Override
            public Link accept() throws IOException {
                return over(below.accept());
            }

            @Override
            public void close() {
                below.close();
            }
        };
    }

    /** An attempt whose link is of this kind. */
    static Connecting connecting(Connecting below) {
        return new Connecting() {
            @Override
            public void watch(Reactor reactor, ReadyWatcher watcher) throws IOException {
                below.watch(reactor, watcher);
            }

            @Override
            public Link finish() throws IOException {
                return over(below.finish());
            }

            @Override
            public void close() throws IOException {
                below.close();
            }
        };
    }

    @Override
    public void watch(Reactor reactor, LinkWatcher watcher) throws IOException {
        below.watch(reactor, watcher);
    }

    @Override
    public void readInterest(boolean wanted) {
        below.readInterest(wanted);
    }

    @Override
    public void writeInterest(boolean wanted) {
        below.writeInterest(wanted);
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        var begin = buffer.position();
        var count = below.read(buffer);
        for (var i = begin; i < buffer.position(); i++) {
            buffer.put(i, (byte) ~buffer.get(i));
        }
        return count;
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        var turned = ByteBuffer.allocate(Math.min(MOST_AT_ONCE, buffer.remaining()));
        for (var i = 0; i < turned.capacity(); i++) {
            turned.put((byte) ~buffer.get(buffer.position() + i));
        }
        var count = below.write(turned.flip());
        buffer.position(buffer.position() + count);
        return count;
    }

    @Override
    public void shutdownOutput() throws IOException {
        below.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        below.close();
    }

    @Override
    public String peer() {
        return below.peer();
    }
}
