package io.lingmq.error;

import org.jspecify.annotations.Nullable;

/**
 * A caller's mistake or a refusal by the operating system. A peer's fault never becomes an exception: it closes that
 * peer's connection and is reported as an event.
 */
public class LingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /** An exception of the given kind; the text names the value, the rule and, where there is one, the cure. */
    public LingException(ErrorCode code, String text) {
        this(code, text, null);
    }

    /** An exception of the given kind with the failure that led to it. */
    public LingException(ErrorCode code, String text, @Nullable Throwable cause) {
        super(text, cause);
        this.code = code;
    }

    /** What kind of error this is, in a form that programs can test. */
    public ErrorCode code() {
        return code;
    }
}
