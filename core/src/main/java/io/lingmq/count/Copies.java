package io.lingmq.count;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many octets of messages the library has copied, from one place in memory to another. Each place that does so
 * counts it in an assertion: so it costs nothing where those are off, and a test can hold each path to its budget. What
 * the Java runtime and the operating system copy, when a channel is read or written, is not counted.
 *
 * <p>Threading: any thread.
 */
public final class Copies {
    private static final LongAdder OCTETS = new LongAdder();

    private Copies() {}

    /** So many octets are about to be copied. Always true. */
    public static boolean count(int octets) {
        OCTETS.add(octets);
        return true;
    }

    /** How many octets have been copied in this process. */
    public static long soFar() {
        return OCTETS.sum();
    }
}
