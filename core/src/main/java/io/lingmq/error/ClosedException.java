package io.lingmq.error;

/** The socket or its context is closed, or was closed while the call waited. */
public final class ClosedException extends LingException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with a text that names the value and the rule. */
    public ClosedException(String text) {
        super(ErrorCode.CLOSED, text);
    }
}
