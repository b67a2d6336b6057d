package io.lingmq.cli.shell;

import io.lingmq.Context;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A command's work in a context of its own, which is closed patiently after success and at once after a failure. */
public final class Session {
    /** Messages have the linger of their socket; this only keeps the context from cutting that short. */
    private static final Duration PATIENT = Duration.ofDays(1);
    /** Time for replies on their way, after an interrupt or an error. */
    private static final Duration BRIEF = Duration.ofMillis(100);

    private Session() {}

    /** What a command does with its context. */
    @FunctionalInterface
    public interface Work {
        /** Does it; an interrupt means that the user wants it to end. */
        void with(Context context) throws InterruptedException;
    }

    /** Does the work; a failure if messages that it sent could not leave. */
    public static void run(Work work) throws InterruptedException {
        run(Context.builder(), null, () -> "", work);
    }

    /**
     * As above, in a context of another kind.
     *
     * @param longest how long what is unsent may take at the end, where its linger is longer; null leaves it to the
     *     linger
     * @param why tells why messages could not leave: a colon and the reasons, or nothing
     */
    public static void run(Context.ContextBuilder builder, @Nullable Duration longest, Supplier<String> why, Work work)
            throws InterruptedException {
        var context = builder.open();
        var limit = BRIEF;
        long unsent = 0;
        try {
            work.with(context);
            limit = longest == null ? PATIENT : longest;
        } finally {
            unsent = context.close(limit).lost();
        }
        if (unsent > 0) {
            throw CommandFailure.failed(Words.messages(unsent) + " could not be delivered" + why.get()
                    + "; check that the peer is running at"
                    + " that endpoint, or allow more time with "
                    + (longest == null ? "--linger" : "--timeout"));
        }
    }
}
