package io.lingmq.support;

import java.util.Random;

/** Random numbers for a test that can be run again with the same ones: the seed is printed. */
public final class Seed {
    private static final String PROPERTY = "test.seed";

    private Seed() {}

    /** Numbers from a new seed, or from that of {@code -Dtest.seed}. */
    public static Random random(String test) {
        long seed = Long.getLong(PROPERTY, System.nanoTime());
        System.out.println(test + ": again with -D" + PROPERTY + "=" + seed);
        return new Random(seed);
    }

    /** Some bytes. */
    public static byte[] bytes(Random random, int size) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }
}
