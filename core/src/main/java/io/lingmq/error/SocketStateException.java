package io.lingmq.error;

/** The socket's state forbids the operation now: a REQ that sends twice, a REP that replies without a request. */
public final class SocketStateException extends LingException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with a text that names the value and the rule. */
    public SocketStateException(String text) {
        super(ErrorCode.WRONG_STATE, text);
    }
}
