package io.lingmq.wire;

/**
 * The peer broke a rule of the protocol. The text quotes what came and the rule; it closes the connection and becomes
 * an event, and never reaches the application. Carries no stack trace: the peer caused it, not our code.
 */
public final class ProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with a text that says what came and which rule forbids it. */
    public ProtocolException(String reason) {
        super(reason, null, false, false);
    }

    /** What came and which rule forbids it. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
