package io.lingmq.mechanism;

import io.lingmq.security.ZapReply;
import io.lingmq.wire.Command;
import io.lingmq.wire.Metadata;
import io.lingmq.wire.ProtocolException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection's conversation of commands, from the greeting to traffic.
 *
 * <pre>
 *   start ──► MORE ──receive──► MORE, PENDING or DONE
 *             PENDING ──resume──► MORE, PENDING or DONE
 *             DONE: nothing is called any more but peer() and seal()
 * </pre>
 *
 * <p>A method that throws ends the connection. The exception may carry last words, which are written before that.
 *
 * <p>Threading: confined to its connection; no method may wait. No bytes are read or written here: command in, command
 * frames out.
 */
public interface Handshake {
    /**
     * The greetings have been exchanged: sends what this side has to say first, as whole frames.
     *
     * @throws ProtocolException if there can be no handshake
     */
    Step start(Consumer<byte[]> out) throws ProtocolException;

    /**
     * Takes the peer's next command and sends the answer, as whole frames. The command's octets are valid only in this
     * call.
     *
     * @throws ProtocolException if the command is malformed, unexpected, or refuses the handshake
     */
    Step receive(Command command, Consumer<byte[]> out) throws ProtocolException;

    /**
     * Goes on with the answer to what was asked by {@link HandshakeContext#admission}. Follows PENDING, at most once
     * each time.
     *
     * @throws ProtocolException if the peer may not connect
     */
    default Step resume(ZapReply verdict, Consumer<byte[]> out) throws ProtocolException {
        throw new IllegalStateException("a verdict came where none was asked for");
    }

    /** What the peer told about itself; complete when the handshake is. */
    Metadata peer();

    /** What protects all frames from now on; null if nothing does. Asked once, when the handshake is complete. */
    default @Nullable Seal seal() {
        return null;
    }
}
