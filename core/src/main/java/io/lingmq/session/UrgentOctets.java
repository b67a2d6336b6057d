package io.lingmq.session;

import io.lingmq.engine.Outbound;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What goes out before all other traffic: PING and PONG. Any thread may bring some; whoever writes takes them over.
 * They count until the channel has them, so a peer that floods us with PINGs and does not read the answers gets no more
 * of them than fit here.
 *
 * <p>Threading: as said at each method.
 */
final class UrgentOctets {
    private static final int MOST = 1024;

    private final ConcurrentLinkedQueue<byte[]> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unwritten = new AtomicInteger();

    /** Adds some, unless too many are there already. Any thread. */
    void add(byte[] octets) {
        if (octets.length > 0 && unwritten.get() < MOST) {
            unwritten.addAndGet(octets.length);
            waiting.add(octets);
        }
    }

    /** Whether some are not written yet. Any thread. */
    boolean areLeft() {
        return unwritten.get() > 0;
    }

    /** Hands them over. In the output's gate. */
    void moveTo(Outbound outbound) {
        byte[] octets;
        while ((octets = waiting.poll()) != null) {
            outbound.addUrgent(octets);
        }
    }

    /** So many have left. In the output's gate. */
    void wrote(int count) {
        if (count > 0) {
            unwritten.addAndGet(-count);
        }
    }
}
