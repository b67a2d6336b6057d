package io.lingmq.wire;

import org.jspecify.annotations.Nullable;

/**
 * The peer broke a rule of the protocol. The text quotes what came and the rule; it closes the connection and becomes
 * an event, and never reaches the application. Carries no stack trace: the peer caused it, not our code.
 */
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient byte @Nullable [] lastWords;

    /** Creates the exception with a text that says what came and which rule forbids it. */
    public ProtocolException(String reason) {
        this(reason, null);
    }

    /**
     * As above, with something to tell the peer.
     *
     * @param lastWords a whole frame that is written to the peer before the connection is closed, in a handshake an
     *     ERROR command; null if there is nothing to tell
     */
    public ProtocolException(String reason, byte @Nullable [] lastWords) {
        super(reason, null, false, false);
        this.lastWords = lastWords;
    }

    /** What came and which rule forbids it. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** A whole frame for the peer, or null. */
    public byte @Nullable [] lastWords() {
        return lastWords;
    }
}
