package io.lingmq.contract.pigeon;

import io.lingmq.engine.Protocol;
import io.lingmq.engine.Protocols;
import io.lingmq.option.SocketType;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.ReadyHandler;
import io.lingmq.transport.Link;
import io.lingmq.transport.LinkWatcher;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/**
 * A link of datagrams. One that was bound sends to who has sent to it last, and to nobody before. Threading: as
 * {@link Link} says.
 */
final class PigeonLink implements Link {
    private static final Protocol PROTOCOL = Protocols.datagrams(new PigeonPacking());

    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private volatile SocketAddress peer;
    private SelectionKey key;
    private Reactor reactor;

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

    private PigeonLink(DatagramChannel channel, SocketAddress peer) throws IOException {
        this.channel = channel;
        this.peer = peer;
        local = (InetSocketAddress) channel.getLocalAddress();
    }

    static PigeonLink at(InetSocketAddress address) throws IOException {
        return open(address, null);
    }

    static PigeonLink to(InetSocketAddress remote) throws IOException {
        return open(new InetSocketAddress(remote.getAddress(), 0), remote);
    }

    private static PigeonLink open(InetSocketAddress local, SocketAddress peer) throws IOException {
        var channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.bind(local);
            return new PigeonLink(channel, peer);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    InetSocketAddress local() {
        return local;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public Protocol protocol(SocketType type) {
        return PROTOCOL;
    }

    @Override
    public boolean preservesBoundaries() {
        return true;
    }

    @Override
    public void watch(Reactor by, LinkWatcher watcher) throws IOException {
        reactor = by;
        key = by.register(channel, SelectionKey.OP_READ, new Ready(watcher));
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
        if (key != null && key.isValid()) {
            key.interestOps(wanted ? key.interestOps() | operation : key.interestOps() & ~operation);
        }
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        var begin = buffer.position();
        var sender = channel.receive(buffer);
        if (sender != null) {
            peer = sender;
        }
        return buffer.position() - begin;
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        var to = peer;
        var size = buffer.remaining();
        if (to == null) { // nobody knows where it should fly
            buffer.position(buffer.limit());
            return size;
        }
        return channel.send(buffer, to);
    }

    @Override
    public void shutdownOutput() {}

    @Override
    public void close() throws IOException {
        channel.close();
        if (reactor != null && reactor.isHere()) {
            reactor.forgetClosed();
        }
    }

    @Override
    public String peer() {
        return "pigeon";
    }
}
