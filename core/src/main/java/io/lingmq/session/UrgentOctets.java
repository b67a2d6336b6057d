package io.lingmq.session;

import io.lingmq.engine.Outflow;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What goes out before all else: greeting, handshake, PING and PONG. Any thread may bring some; whoever writes takes
 * them to the outflow. They count until the channel has them, so a peer that floods us with PINGs and does not read the
 * answers gets no more of them than fit here. Greeting and handshake are never left out: each side says little there.
 *
 * <p>Threading: as said at each method.
 */
final class UrgentOctets {
    private static final int MOST = 1024;

    private final ConcurrentLinkedQueue<byte[]> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unwritten = new AtomicInteger();

    /** Adds some, unless too many are there already. Any thread. */
    void add(byte[] octets) {
        if (unwritten.get() < MOST) {
            addAlways(octets);
        }
    }

    /** Adds some that must not be left out: a handshake that lacks a command never ends. Any thread. */
    void addAlways(byte[] octets) {
        if (octets.length > 0) {
            unwritten.addAndGet(octets.length);
            waiting.add(octets);
        }
    }

    /** Whether some are not written yet. Any thread. */
    boolean areLeft() {
        return unwritten.get() > 0;
    }

    /** Hands them over. In the output's gate. */
    void moveTo(Outflow outflow) {
        byte[] octets;
        while ((octets = waiting.poll()) != null) {
            outflow.addUrgent(octets);
        }
    }

    /** So many have left. In the output's gate. */
    void wrote(int count) {
        if (count > 0) {
            unwritten.addAndGet(-count);
        }
    }
}
