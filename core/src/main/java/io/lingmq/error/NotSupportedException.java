package io.lingmq.error;

/** The socket type cannot do this: a PULL cannot send, a PUB cannot receive. */
public final class NotSupportedException extends LingException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with a text that names the value and the rule. */
    public NotSupportedException(String text) {
        super(ErrorCode.NOT_SUPPORTED, text);
    }
}
