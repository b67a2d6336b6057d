package io.lingmq.engine;

import io.lingmq.security.ZapReply;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;

/**
 * How a connection opens, from the first octet to traffic.
 *
 * <p>Contract: what is to be sent is taken after each call, before the next one. A {@link ProtocolException} ends the
 * connection; it may carry last words, which the peer is told. Sizes are checked before anything is allocated.
 *
 * <p>Threading: the connection's I/O thread, which serves other connections too: no method may block. Touches no
 * channel and no clock.
 */
public interface Opening {
    /**
     * Takes the peer's next octets; at the begin, none.
     *
     * @param in the caller's again after the call; what is not taken then is given to the reading half
     * @return true when the connection is open; what is left in the buffer is traffic
     * @throws ProtocolException if the peer broke a rule
     */
    boolean receive(ByteBuffer in) throws ProtocolException;

    /** Whether a verdict is awaited; until then no octet is taken. */
    boolean isPending();

    /**
     * Goes on with the verdict that was awaited.
     *
     * @return true when the connection is open
     * @throws ProtocolException if the peer may not connect
     */
    boolean resume(ZapReply verdict) throws ProtocolException;

    /** Takes the octets that are to be sent now, in an array that is the caller's; empty if there are none. */
    byte[] takeOutput();

    /**
     * What the peer told about itself; known when the connection is open.
     *
     * @throws ProtocolException if it told what cannot be
     */
    PeerInfo peer() throws ProtocolException;

    /** What is spoken from now on; known when the connection is open. */
    Traffic traffic();
}
