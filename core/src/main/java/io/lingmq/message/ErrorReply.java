package io.lingmq.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The reply of a server that could not do what it was asked for: two frames, {@value #MARK} and a text in UTF-8.
 *
 * <p>On the wire it is a reply like any other, so a REQ in any language receives it. Who asks LingMQ servers looks for
 * it:
 *
 * <pre>{@code
 * var error = ErrorReply.in(reply);
 * if (error != null) {
 *     log(error.text());
 * }
 * }</pre>
 *
 * <p>Threading: immutable.
 *
 * @param text what went wrong, for a person to read
 */
public record ErrorReply(String text) {
    /** The first frame of an error reply. */
    public static final String MARK = "LINGMQ-ERROR";

    /** An error reply with the given text. */
    public ErrorReply {
        Objects.requireNonNull(text, "the text is null");
    }

    /** The error that a reply tells of; null if it is an ordinary one. */
    public static @Nullable ErrorReply in(Message reply) {
        Objects.requireNonNull(reply, "the reply is null");
        return reply.frameCount() == 2 && reply.text(0).equals(MARK) ? new ErrorReply(reply.text(1)) : null;
    }

    /** The reply as it is sent. */
    public Message toMessage() {
        return Message.of(MARK, text);
    }
}
