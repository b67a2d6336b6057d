package io.lingmq.error;

/** Too much is under way already; what was asked for was not begun. */
public final class BusyException extends LingException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with a text that names the value and the rule. */
    public BusyException(String text) {
        super(ErrorCode.WOULD_BLOCK, text);
    }
}
