package io.lingmq.torture;

import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Pauses that make traffic uneven. Nothing is ever judged by how long they are. */
final class Pauses {
    private Pauses() {}

    /** Up to two milliseconds; an interrupt ends it and stays set. */
    static void aMoment(Random random) {
        LockSupport.parkNanos(random.nextInt(2_000_000));
    }

    /** So long, or until the thread is interrupted. */
    static void ms(long time) throws InterruptedException {
        var endNs = System.nanoTime() + time * 1_000_000;
        long leftNs;
        while ((leftNs = endNs - System.nanoTime()) > 0) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(leftNs);
        }
    }
}
