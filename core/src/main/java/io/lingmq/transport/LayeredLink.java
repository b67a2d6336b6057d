package io.lingmq.transport;

import io.lingmq.engine.Protocol;
import io.lingmq.option.SocketType;
import io.lingmq.reactor.Reactor;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A link over another one. It passes everything on; a subclass overrides what it does otherwise.
 *
 * <p>Threading: as {@link Link} says.
 */
public abstract class LayeredLink implements Link {
    /** The link that this one lies over, and closes. */
    protected final Link below;

    /** A link over the given one, which belongs to it. */
    protected LayeredLink(Link below) {
        this.below = below;
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
    public boolean preservesBoundaries() {
        return below.preservesBoundaries();
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
    public Protocol protocol(SocketType type) {
        return below.protocol(type);
    }

    @Override
    public String peer() {
        return below.peer();
    }
}
