package io.lingmq.guard;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls code as {@link Guard} does, where strangers may make it fail as often as they like. In each interval one
 * failure is logged; the next one that is logged tells how many were left out.
 *
 * <p>Threading: any thread.
 */
public final class RationedGuard {
    private static final long NOT_NOW = -1;

    private final LongSupplier clock;
    private final long intervalNs;
    private boolean hasLogged;
    private long loggedAtNs;
    private long leftOut;

    /**
     * A guard that has logged nothing.
     *
     * @param clock gives points in time as {@link System#nanoTime} does
     * @param interval how long after a failure that was logged none is
     */
    public RationedGuard(LongSupplier clock, Duration interval) {
        this.clock = clock;
        intervalNs = interval.toNanos();
    }

    /**
     * Runs the code; what it throws is returned, and logged as a warning if it is time.
     *
     * @param who whose code it is, as the log names it
     * @return null if the code ended well
     */
    public @Nullable Throwable run(String who, Runnable code) {
        try {
            code.run();
            return null;
        } catch (Throwable e) { // whatever it is, it is not the caller's
            var before = ration();
            if (before != NOT_NOW) {
                Log.failed(who, e, before);
            }
            return e;
        }
    }

    /** How many failures were left out before this one, which is to be logged; or that it is left out too. */
    private synchronized long ration() {
        var nowNs = clock.getAsLong();
        if (hasLogged && nowNs - loggedAtNs < intervalNs) {
            leftOut++;
            return NOT_NOW;
        }
        hasLogged = true;
        loggedAtNs = nowNs;
        var before = leftOut;
        leftOut = 0;
        return before;
    }
}
