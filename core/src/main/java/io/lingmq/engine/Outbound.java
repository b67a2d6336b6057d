package io.lingmq.engine;

import io.lingmq.pipe.WirePipe;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What an open connection writes next: the pipe's messages and commands, in the form that the peer reads.
 *
 * <p>Contract: octets are copied with {@link #fill} and count as gone only when {@link #wrote} says so. What was filled
 * and is not gone is given again by the next fill, the same octets. A message has left the pipe when the last octet of
 * what it has become is gone; so a lost connection loses no more than what the system took, and one message that was
 * begun. No channel, no clock, no thread, no random number.
 *
 * <p>Threading: belongs to the thread in the gate of the connection's output, an I/O thread or one that sends: no
 * method may block.
 */
public interface Outbound {
    /** Adds a command, as a whole canonical frame, that goes out before all else; an empty one is none. */
    void addUrgent(byte[] frame);

    /** How many octets of urgent commands are waiting, about. */
    int urgentSize();

    /**
     * Copies what is to be written next into the buffer.
     *
     * @param target the caller's again after the call
     * @param pipe what the peer is to get; null while the socket does not know the peer yet: then only urgent commands
     *     go
     * @return whether there may be more behind it; false only if all that there was is in the buffer
     */
    boolean fill(ByteBuffer target, @Nullable WirePipe pipe);

    /**
     * The next {@code count} octets of the last fill are gone.
     *
     * @param pipe as in that fill
     * @return how many messages ended among them
     */
    long wrote(int count, @Nullable WirePipe pipe);

    /**
     * The connection is lost: forgets what was meant for it alone, and the rest of a message that it had begun.
     *
     * @return 1 if a message was lost that way, else 0
     */
    long lost(WirePipe pipe);
}
