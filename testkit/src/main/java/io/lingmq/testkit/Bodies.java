package io.lingmq.testkit;

import java.util.Arrays;

/**
 * Bodies of any size that a peer in another language can make too, to compare them byte for byte without sending them
 * twice.
 *
 * <pre>
 *   x        = seed, then x · 1103515245 + 12345 modulo 2³², once for each octet
 *   block[i] = bits 16 to 23 of the i-th x, for i below 4096
 *   body[i]  = block[(i mod 4096 + i div 4096) mod 4096]
 * </pre>
 *
 * <p>So the content repeats only after 16 MiB, and each block of 4096 octets is a copy of two slices. The first octet
 * has its top bit set, which keeps it from being taken for a subscription.
 */
public final class Bodies {
    private static final int BLOCK = 4096;
    private static final int FACTOR = 1103515245;
    private static final int SUMMAND = 12345;

    private Bodies() {}

    /** The body of that seed and size. */
    public static byte[] of(int seed, int size) {
        var block = block(seed, Math.min(size, BLOCK));
        var body = new byte[size];
        for (var at = 0; at < size; at += BLOCK) {
            var shift = at / BLOCK % BLOCK;
            var head = Math.min(BLOCK - shift, size - at);
            System.arraycopy(block, shift, body, at, head);
            System.arraycopy(block, 0, body, at + head, Math.min(shift, size - at - head));
        }
        if (size > 0) {
            body[0] |= (byte) 0x80;
        }
        return body;
    }

    private static byte[] block(int seed, int used) {
        var block = new byte[BLOCK];
        var x = seed;
        // A small body needs no more of the block than its own length.
        for (var i = 0; i < used; i++) {
            x = x * FACTOR + SUMMAND;
            block[i] = (byte) (x >>> 16);
        }
        return block;
    }

    /** Where two bodies differ, in words; empty if they do not. */
    public static String difference(byte[] expected, byte[] actual) {
        var at = Arrays.mismatch(expected, actual);
        return at < 0 ? "" : "sizes " + expected.length + " and " + actual.length + ", first difference at " + at;
    }
}
