package io.lingmq.frame;

import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;

/**
 * What the peer's octets mean on an open connection: messages, which go as canonical frames into the pipe's chain, and
 * commands, which go to a {@link CommandSink}.
 *
 * <p>Contract: sizes are checked before anything is allocated; what a peer announces takes no memory before a good part
 * of it has come. No channel, no clock, no thread, no random number.
 *
 * <p>Threading: belongs to the thread in the gate of the connection's input, an I/O thread or one that receives: no
 * method may block.
 */
public interface Inbound {
    /**
     * Takes all octets of the buffer, which may be none. Messages that have become whole are marked in the chain and
     * counted.
     *
     * @param in the caller's again after the call: what is kept is copied
     * @throws ProtocolException if the peer broke a rule; what was whole before that stays
     */
    void decode(ByteBuffer in) throws ProtocolException;

    /** How many messages have become whole since this was last asked. */
    long takeCount();

    /**
     * How many datagrams have come, since this was last asked, that were no messages. Where boundaries are preserved
     * the next one is sound, so that such a one does not end the connection.
     */
    default long takeDropped() {
        return 0;
    }

    /** Puts a message of one frame into the chain, between two messages of the peer; it counts as one of them. */
    void insert(byte[] body);

    /** From now on commands are heard, and messages thrown away with all that is not whole yet. */
    void discard();

    /** The connection has ended, and nothing more comes: what is not whole is given up. */
    default void end() {}
}
