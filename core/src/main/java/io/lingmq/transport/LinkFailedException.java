package io.lingmq.transport;

import java.io.IOException;

/** One accepted link could not be prepared, and is closed. It says nothing about the next one. */
public final class LinkFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** A failure with the cause's own text. */
    public LinkFailedException(Exception cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }
}
