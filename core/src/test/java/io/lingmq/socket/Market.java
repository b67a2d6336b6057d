package io.lingmq.socket;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Things that threads take, or wait for exactly as the callers of a socket wait for messages. */
final class Market {
    private static final int SPINS = 1000;
    private static final int MOST_NAPS = 50_000;
    private static final long PARK_NS = 100_000;

    private final Waiters waiters;
    private final AtomicInteger things = new AtomicInteger();
    private volatile boolean closed;

    Market(Waiters waiters) {
        this.waiters = waiters;
    }

    /** Brings a thing and wakes one thread. */
    void give() {
        things.incrementAndGet();
        waiters.wakeOne();
    }

    /** Takes a thing, waiting until the deadline; false if there was none, or the market is closed. */
    boolean take(long deadlineNs) throws InterruptedException {
        return tryTake() || take(waiters.enlist(), deadlineNs);
    }

    /** As {@link #take(long)}, for a thread that has just enlisted. */
    boolean take(Waiters.Waiter waiter, long deadlineNs) throws InterruptedException {
        var done = false;
        try {
            while (!done && !closed) {
                done = tryTake();
                if (!done && !waiters.park(waiter, deadlineNs)) {
                    return false;
                }
            }
            waiters.found(waiter);
            return done;
        } finally {
            waiters.leave(waiter);
        }
    }

    private boolean tryTake() {
        var have = things.getAndUpdate(n -> Math.max(0, n - 1));
        if (have > 1 && !waiters.isEmpty()) {
            waiters.wakeOne();
        }
        return have > 0;
    }

    /**
     * Waits until a counter has come so far; gives up after many timed parks, not after a time, which a busy machine
     * may take.
     */
    void await(String what, AtomicInteger counter, int atLeast) {
        for (var turns = 0; counter.get() < atLeast && !closed; turns++) {
            if (turns < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(PARK_NS);
            }
            if (turns > SPINS + MOST_NAPS) {
                var left = things.get();
                close();
                throw new AssertionError(what + ": only " + counter + " of " + atLeast + ", " + left + " lie there");
            }
        }
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        waiters.end();
    }
}
