package io.lingmq.error;

/** No connected peer has the routing id that the message is addressed to, and the ROUTER was told to report it. */
public final class UnroutableException extends LingException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with a text that names the value and the rule. */
    public UnroutableException(String text) {
        super(ErrorCode.UNROUTABLE, text);
    }
}
