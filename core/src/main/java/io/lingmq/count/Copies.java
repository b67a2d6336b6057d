package io.lingmq.count;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many octets of messages the library has copied, from one place in memory to another. They are counted in
 * assertions: so it costs nothing where those are off, and a test can hold each path to its budget. Small methods that
 * are called for each message use {@link #copy}: an assertion of their own would make them too long to be inlined. What
 * the Java runtime and the operating system copy, when a channel is read or written, is not counted.
 *
 * <p>Threading: any thread.
 */
public final class Copies {
    private static final LongAdder OCTETS = new LongAdder();

    private Copies() {}

    /** Copies octets as {@link System#arraycopy} does, and counts them. As short for its caller as that. */
    public static void copy(byte[] source, int from, byte[] target, int at, int length) {
        assert count(length);
        System.arraycopy(source, from, target, at, length);
    }

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
