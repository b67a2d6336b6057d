package io.lingmq.time;

/**
 * The time of day, which is only shown to people. Nothing is decided by it, for it may be set back: for that there is
 * the {@link Ticker}. So it is the machine's own in a simulation too.
 *
 * <p>Threading: any thread.
 */
public final class WallClock {
    private WallClock() {}

    /** The present, in milliseconds since 1970. */
    public static long nowMs() {
        return System.currentTimeMillis();
    }
}
