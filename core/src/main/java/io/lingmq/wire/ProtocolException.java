package io.lingmq.wire;

import org.jspecify.annotations.Nullable;

/**
 * The peer broke a rule of the protocol. The text quotes what came and the rule; it closes the connection and becomes
 * an event, and never reaches the application. Carries no stack trace: the peer caused it, not our code.
 */
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient byte @Nullable [] lastWords;

    /** Creates the exception with a text that says what came and which rule forbids it. */
    public ProtocolException(String reason) {
        this(reason, 0, null);
    }

    /**
     * As above, with something to tell the peer.
     *
     * @param lastWords a whole frame that is written to the peer before the connection is closed, in a handshake an
     *     ERROR command; null if there is nothing to tell
     */
    public ProtocolException(String reason, byte @Nullable [] lastWords) {
        this(reason, 0, lastWords);
    }

    /**
     * One side refuses the other.
     *
     * @param status why, as three digits of RFC 27/ZAP; 0 if there are none
     */
    public ProtocolException(String reason, int status, byte @Nullable [] lastWords) {
        super(reason, null, false, false);
        this.status = status;
        this.lastWords = lastWords;
    }

    /** What came and which rule forbids it. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** The three digits of ZAP with which one side refuses the other; 0 if it is about something else. */
    public int status() {
        return status;
    }

    /** A whole frame for the peer, or null. */
    public byte @Nullable [] lastWords() {
        return lastWords;
    }
}
