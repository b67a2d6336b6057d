package io.lingmq.socket;

import io.lingmq.pipe.PaddedLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock that each call on a socket holds for a moment: as cheap as can be where nobody else wants it.
 *
 * <p>Taking it is one compare-and-set and giving it up one release store, without the fence that a lock needs whose
 * waiters sleep until they are told. Here nobody is told: who finds it taken looks again, soon at first, then after
 * naps of at most {@value #LONGEST_NAP_NS} ns. What is done under the lock never blocks, so that is rare.
 *
 * <p>Threading: any thread. Not reentrant.
 */
final class SocketLock {
    private static final int SPINS = 100;
    private static final int YIELDS = 10;
    private static final long SHORTEST_NAP_NS = 1_000;
    private static final long LONGEST_NAP_NS = 100_000;
    private static final long FREE = 0;
    private static final long HELD = 1;

    private final PaddedLong state = new PaddedLong();

    void lock() {
        if (!state.compareAndSet(FREE, HELD)) {
            takeLater();
        }
    }

    boolean tryLock() {
        return state.getAcquire() == FREE && state.compareAndSet(FREE, HELD);
    }

    void unlock() {
        state.setRelease(FREE);
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint: nothing depends on who runs next
    private void takeLater() {
        for (var i = 0; i < SPINS; i++) {
            if (tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        for (var i = 0; i < YIELDS; i++) {
            if (tryLock()) {
                return;
            }
            Thread.yield();
        }
        var napNs = SHORTEST_NAP_NS;
        while (!tryLock()) {
            LockSupport.parkNanos(this, napNs);
            napNs = Math.min(2 * napNs, LONGEST_NAP_NS);
        }
    }
}
