package io.lingmq.time;

import java.time.Duration;

/**
 * Reckons with points in time as {@link System#nanoTime} gives them. Their values mean nothing by themselves and may
 * wrap around: only the difference of two tells which is earlier, and only while it is less than 146 years. So a delay
 * is cut to {@linkplain #LONGEST_DELAY_NS 73 years} when a point in time is made of it, which nobody will live to see,
 * and then all points in time can be compared. "For ever" needs no case of its own.
 *
 * <p>Threading: stateless.
 */
public final class NanoTime {
    /** The longest delay, 73 years. */
    public static final long LONGEST_DELAY_NS = Long.MAX_VALUE / 4;

    private static final long NS_PER_S = 1_000_000_000L;

    private NanoTime() {}

    /** The point in time that comes the given delay after another one; a negative delay is none. */
    public static long after(long atNs, long delayNs) {
        return atNs + Math.max(0, Math.min(delayNs, LONGEST_DELAY_NS));
    }

    /** Whether one point in time comes before another. */
    public static boolean isBefore(long atNs, long otherNs) {
        return atNs - otherNs < 0;
    }

    /** The earlier of two points in time. */
    public static long earlier(long atNs, long otherNs) {
        return otherNs - atNs < 0 ? otherNs : atNs;
    }

    /** Orders points in time, as {@link java.util.Comparator#compare} does. */
    public static int compare(long atNs, long otherNs) {
        return Long.compare(atNs - otherNs, 0);
    }

    /**
     * A duration in nanoseconds; {@code Long.MAX_VALUE} where that is beyond counting. A negative one is cut too, so
     * that what has passed can be taken from it.
     */
    public static long of(Duration duration) {
        var seconds = duration.toSeconds();
        if (seconds >= Long.MAX_VALUE / NS_PER_S) {
            return Long.MAX_VALUE;
        }
        return seconds <= -LONGEST_DELAY_NS / NS_PER_S ? -LONGEST_DELAY_NS : duration.toNanos();
    }
}
