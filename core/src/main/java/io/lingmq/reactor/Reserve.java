package io.lingmq.reactor;

import org.jspecify.annotations.Nullable;

/**
 * Some memory that an I/O thread keeps for the case that there is no other. What takes all the memory may be the very
 * connection that has failed for want of it, and to give that up takes a little.
 *
 * <p>Threading: the reactor's thread.
 */
final class Reserve {
    /** A collector that parts its memory into regions gives this much back as whole ones. */
    private static final int SIZE = 1024 * 1024;

    private byte @Nullable [] memory = new byte[SIZE];

    /** Leaves the memory to who needs it. */
    void open() {
        memory = null;
    }

    /** Puts memory by again, if there is any. */
    void refill() {
        if (memory == null) {
            try {
                memory = new byte[SIZE];
            } catch (OutOfMemoryError e) {
                return; // another time
            }
        }
    }

    boolean isFull() {
        return memory != null;
    }
}
