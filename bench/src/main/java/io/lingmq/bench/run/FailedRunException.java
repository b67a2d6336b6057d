package io.lingmq.bench.run;

/** A run that gave no figures; the message says why. */
public final class FailedRunException extends Exception {
    private static final long serialVersionUID = 1;

    /** A failure for the given reason. */
    public FailedRunException(String reason) {
        super(reason);
    }
}
