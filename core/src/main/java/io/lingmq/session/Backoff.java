package io.lingmq.session;

import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import java.util.random.RandomGenerator;

/**
 * How long to wait before connecting again: from the first interval doubling up to the longest, with up to a quarter
 * added at random, so that many clients of a lost server do not come back in one instant.
 *
 * <p>Threading: confined to its connector, or under its lock.
 */
public final class Backoff {
    private static final long LEAST_NS = 1_000_000;

    private final RandomGenerator random;
    private final long firstNs;
    private final long longestNs;
    private long nextNs;

    /** Waits as the settings want them. */
    public Backoff(Settings settings, RandomGenerator random) {
        this.random = random;
        firstNs = settings.nanos(Options.RECONNECT_INTERVAL);
        longestNs = Math.max(firstNs, settings.nanos(Options.RECONNECT_INTERVAL_MAX));
        nextNs = firstNs;
    }

    /** Whether a lost connection is to stay lost. */
    public boolean givesUp() {
        return firstNs == Long.MAX_VALUE;
    }

    /** The next wait in nanoseconds. */
    public long nextNs() {
        var wait = nextNs;
        nextNs = Math.min(longestNs, nextNs > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : Math.max(LEAST_NS, nextNs * 2));
        return wait < 4 || wait > Long.MAX_VALUE / 2 ? wait : wait + random.nextLong(wait / 4);
    }

    /** The longest wait: the peer broke a rule, and is likely to do it again. */
    public long longestNs() {
        nextNs = longestNs;
        return nextNs();
    }

    /** A connection stood: the next wait is the first again. */
    public void reset() {
        nextNs = firstNs;
    }
}
