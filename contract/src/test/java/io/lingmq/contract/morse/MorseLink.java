package io.lingmq.contract.morse;

import io.lingmq.engine.Protocol;
import io.lingmq.option.SocketType;
import io.lingmq.reactor.Reactor;
import io.lingmq.transport.Acceptor;
import io.lingmq.transport.Connecting;
import io.lingmq.transport.Link;
import io.lingmq.transport.LinkWatcher;
import io.lingmq.transport.ReadyWatcher;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A link over another one, which names the protocol that is spoken on it. */
final class MorseLink implements Link {
    private final Link below;

    private MorseLink(Link below) {
        this.below = below;
    }

    private static Link over(Link below) {
        return below == null ? null : new MorseLink(below);
    }

    static Acceptor accepting(Acceptor below) {
        return new Acceptor() {
            @Override
            public String endpoint() {
                return below.endpoint().replace("tin://", "morse://");
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
    public Protocol protocol(SocketType type) {
        return MorseProtocol.INSTANCE;
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
        return below.read(buffer);
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        return below.write(buffer);
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
