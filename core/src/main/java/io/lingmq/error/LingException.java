package io.lingmq.error;

import org.jspecify.annotations.Nullable;

/**
 * A caller's mistake or a refusal by the operating system. A peer's fault never becomes an exception: it closes that
 * peer's connection and is reported as an event.
 *
 * <p>The message ends with the code in brackets. The page "Errors" of the documentation has a section of that name:
 * what leads to it, and what helps.
 */
public class LingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String text;

    /** An exception of the given kind; the text names the value, the rule and, where there is one, the cure. */
    public LingException(ErrorCode code, String text) {
        this(code, text, null);
    }

    /** An exception of the given kind with the failure that led to it. */
    public LingException(ErrorCode code, String text, @Nullable Throwable cause) {
        super(text + " [" + code + ']', cause);
        this.code = code;
        this.text = text;
    }

    /** What kind of error this is, in a form that programs can test. */
    public ErrorCode code() {
        return code;
    }

    /** What is wrong, without the code. */
    public String text() {
        return text;
    }
}
