package io.lingmq.error;

import org.jspecify.annotations.Nullable;

/** An endpoint that is malformed, unknown, in use or refused by the operating system. */
public final class EndpointException extends LingException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception; the text names the endpoint and what is wrong with it. */
    public EndpointException(ErrorCode code, String text) {
        super(code, text);
    }

    /** Creates the exception with the operating system's answer as its cause. */
    public EndpointException(ErrorCode code, String text, @Nullable Throwable cause) {
        super(code, text, cause);
    }
}
