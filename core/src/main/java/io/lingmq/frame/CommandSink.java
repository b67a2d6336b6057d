package io.lingmq.frame;

import io.lingmq.wire.Command;
import io.lingmq.wire.ProtocolException;

/**
 * Receives the commands that come between messages.
 *
 * <p>Threading: as the {@link Inbound} that tells of them.
 */
public interface CommandSink {
    /**
     * A command has come. Its octets are valid only in this call.
     *
     * @param inMessage whether it stands between two frames of one message
     * @throws ProtocolException if the peer may not say this; the connection ends
     */
    void onCommand(Command command, boolean inMessage) throws ProtocolException;
}
