package io.lingmq.session;

import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import java.util.random.RandomGenerator;

/**
 * How long to wait before connecting again: from the first interval doubling up to the longest, with up to a quarter
 * added at random, so that many clients of a lost server do not come back in one instant.
 *
 * <p>However short the intervals are set, the first wait is at least {@value #LEAST_MS} ms and the longest at least
 * {@value #LEAST_LONGEST_MS} ms: attempts without a pause would keep a processor busy and burden the peer.
 *
 * <p>Threading: confined to its connector, or under its lock.
 */
public final class Backoff {
    private static final long LEAST_MS = 1;
    private static final long LEAST_LONGEST_MS = 10;
    private static final long LEAST_NS = LEAST_MS * 1_000_000;
    private static final long LEAST_LONGEST_NS = LEAST_LONGEST_MS * 1_000_000;

    private final RandomGenerator random;
    private final boolean givesUp;
    private final long firstNs;
    private final long longestNs;
    private long nextNs;
    private boolean stood;
    private long stoodSinceNs;

    /** Waits as the settings want them. */
    public Backoff(Settings settings, RandomGenerator random) {
        this.random = random;
        var wantedNs = settings.nanos(Options.RECONNECT_INTERVAL);
        givesUp = wantedNs == Long.MAX_VALUE;
        firstNs = Math.max(LEAST_NS, wantedNs);
        longestNs = Math.max(LEAST_LONGEST_NS, Math.max(firstNs, settings.nanos(Options.RECONNECT_INTERVAL_MAX)));
        nextNs = firstNs;
    }

    /** Whether a lost connection is to stay lost. */
    public boolean givesUp() {
        return givesUp;
    }

    /** The next wait in nanoseconds. */
    public long nextNs() {
        var wait = nextNs;
        nextNs = Math.min(longestNs, nextNs > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : nextNs * 2);
        return wait > Long.MAX_VALUE / 2 ? wait : wait + random.nextLong(wait / 4);
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

    /**
     * A connection stands: as {@link #reset()}, but not where the last one was hardly older. A peer that ends each
     * connection at once is not to be called without a pause.
     */
    void reset(long nowNs) {
        if (!stood || nowNs - stoodSinceNs >= LEAST_LONGEST_NS) {
            stood = true;
            stoodSinceNs = nowNs;
            reset();
        }
    }
}
