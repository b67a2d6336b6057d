package io.lingmq.error;

/** A send or receive did not finish within the time set by the socket's timeout option. */
public final class TimedOutException extends LingException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with a text that names the value and the rule. */
    public TimedOutException(String text) {
        super(ErrorCode.WOULD_BLOCK, text);
    }
}
