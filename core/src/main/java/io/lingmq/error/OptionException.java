package io.lingmq.error;

/** An option or its value is not acceptable for this socket. */
public final class OptionException extends LingException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with a text that names the value and the rule. */
    public OptionException(String text) {
        super(ErrorCode.INVALID, text);
    }

    /** Creates the exception with the failure that led to it. */
    public OptionException(String text, Throwable cause) {
        super(ErrorCode.INVALID, text, cause);
    }
}
