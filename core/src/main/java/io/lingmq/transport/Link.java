package io.lingmq.transport;

import io.lingmq.engine.Protocol;
import io.lingmq.engine.Protocols;
import io.lingmq.option.SocketType;
import io.lingmq.reactor.Reactor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A stream of octets to and from one peer, that never blocks. What carries it, the transport alone knows: a channel, a
 * channel with TLS on it, or a simulation.
 *
 * <p>A link may carry datagrams instead, and {@linkplain #preservesBoundaries preserve their boundaries}. What such a
 * link loses, nobody learns of: the protocol and the socket type have to do without.
 *
 * <p>The user shows interest in reading and in writing, not in operations of a channel. A link that has to read in
 * order to write, as TLS does, translates the one into the other.
 *
 * <p>Threading: at most one thread reads and at most one thread writes, at the same time and each in its turn, and they
 * may be other threads than the reactor's. {@link #close} may come meanwhile: a call that is under way then fails with
 * an {@link IOException} or returns. All else happens on the reactor's thread.
 */
public interface Link extends Closeable {
    /**
     * Begins to watch the link. There is interest in reading from now on, and none in writing.
     *
     * @throws IOException if the link cannot be watched; it is still the caller's to close
     */
    void watch(Reactor reactor, LinkWatcher watcher) throws IOException;

    /** Whether the watcher wants to hear that something can be read. It does nothing when the link is closed. */
    void readInterest(boolean wanted);

    /** Whether the watcher wants to hear that something can be written. It does nothing when the link is closed. */
    void writeInterest(boolean wanted);

    /**
     * Reads what there is, as far as the buffer has room.
     *
     * @param buffer the caller's again after the call
     * @return how many octets were put into the buffer, 0 if there are none now, -1 if the peer has ended its side
     * @throws IOException if the link is broken; the connection ends, and closes it
     */
    int read(ByteBuffer buffer) throws IOException;

    /**
     * Writes as much as is taken now.
     *
     * @param buffer the caller's again after the call: what cannot be written yet is copied
     * @return how many octets were taken from the buffer; the link has them, and wants them never again
     * @throws IOException if the link is broken; the connection ends, and closes it
     */
    int write(ByteBuffer buffer) throws IOException;

    /**
     * Tells the peer that nothing more is written, after all that was. Reading goes on.
     *
     * @throws IOException if the link is broken
     */
    void shutdownOutput() throws IOException;

    /**
     * Whether the link carries datagrams; its {@linkplain #protocol protocol} must be one for datagrams then.
     *
     * <p>One read takes one datagram, for which the buffer has room whatever its size. An empty one means nothing: the
     * link reads on, since 0 says that there is none now. One write sends what the buffer holds as one, as a whole or
     * not at all. Where the link does not know yet to whom, it takes the datagram and drops it: 0 says that writing
     * will go on when there is room. A datagram that cannot be delivered is no failure of the link, also where the
     * system tells of it later ({@link java.net.PortUnreachableException}). The peer does not tell its end, so nobody
     * waits for that.
     */
    default boolean preservesBoundaries() {
        return false;
    }

    /** Closes the link both ways and releases all it holds; once is enough, more do no harm. */
    @Override
    void close() throws IOException;

    /** What sockets of the given type speak on this link; a transport that has a protocol of its own gives that. */
    default Protocol protocol(SocketType type) {
        return Protocols.of(type);
    }

    /** The other end as text, for events and logs. */
    String peer();
}
