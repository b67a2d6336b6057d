package io.lingmq.transport;

import io.lingmq.engine.Protocol;
import io.lingmq.option.SocketType;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.ReadyHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A link that is a channel of the operating system. Threading: as {@link Link} says. */
final class ChannelLink implements Link {
    private final ChannelTransport transport;
    private final SocketChannel channel;
    private @Nullable SelectionKey key;

    /** The operations of a selector as a link's user knows them. */
    private record Ready(LinkWatcher watcher) implements ReadyHandler {
        @Override
        public void ready(int operations) {
            if ((operations & SelectionKey.OP_READ) != 0) {
                watcher.readable();
            }
            if ((operations & SelectionKey.OP_WRITE) != 0) {
                watcher.writable();
            }
        }

        @Override
        public void failed(Throwable cause) {
            watcher.failed(cause);
        }
    }

    ChannelLink(ChannelTransport transport, SocketChannel channel) {
        this.transport = transport;
        this.channel = channel;
    }

    @Override
    public void watch(Reactor reactor, LinkWatcher watcher) throws IOException {
        key = reactor.register(channel, SelectionKey.OP_READ, new Ready(watcher));
    }

    @Override
    public void readInterest(boolean wanted) {
        interest(SelectionKey.OP_READ, wanted);
    }

    @Override
    public void writeInterest(boolean wanted) {
        interest(SelectionKey.OP_WRITE, wanted);
    }

    private void interest(int operation, boolean wanted) {
        var watched = key;
        if (watched != null && watched.isValid()) {
            var before = watched.interestOps();
            watched.interestOps(wanted ? before | operation : before & ~operation);
        }
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        return channel.read(buffer);
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        return channel.write(buffer);
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public Protocol protocol(SocketType type) {
        return transport.protocol(type);
    }

    @Override
    public String peer() {
        return transport.peer(channel);
    }

    @Override
    public String toString() {
        return channel.toString();
    }
}
