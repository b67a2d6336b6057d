package io.lingmq.mechanism;

import io.lingmq.wire.Command;
import io.lingmq.wire.Metadata;
import io.lingmq.wire.ProtocolException;
import java.util.function.Consumer;

/**
 * One connection's conversation of commands, from the greeting to traffic.
 *
 * <p>Threading: confined to its connection. No bytes are read or written here: command in, command frames out.
 */
public interface Handshake {
    /** The greetings have been exchanged: sends what this side has to say first, as whole frames. */
    void start(Consumer<byte[]> out);

    /**
     * Takes the peer's next command and sends the answer, as whole frames.
     *
     * @return true when the handshake is complete
     * @throws ProtocolException if the command is malformed, unexpected, or refuses the handshake
     */
    boolean receive(Command command, Consumer<byte[]> out) throws ProtocolException;

    /** What the peer told about itself; complete when the handshake is. */
    Metadata peer();
}
