package io.lingmq.socket;

import io.lingmq.lang.Fields;
import io.lingmq.pipe.Pipe;
import io.lingmq.reactor.Reactor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The lock that each call on a socket holds for a moment: as cheap as can be where nobody else wants it.
 *
 * <p>Taking it is one compare-and-set and giving it up one release store, without the fence that a lock needs whose
 * waiters sleep until they are told. Here nobody is told: a thread that finds it taken tries again, soon at first, then
 * after timed parks of at most {@value #LONGEST_PARK_NS} ns. What is done under the lock is short, so that is rare.
 *
 * <p>It can be held for sending. A reader that goes to rest looks whether the sender's lock is so held, in place of a
 * fence that the sender would need for each message; see {@link io.lingmq.pipe.Doorbell}. To take the lock is the
 * sender's fence, so it must be a volatile compare-and-set, also on processors where an acquiring one would do for a
 * lock. The holds are counted, so that the reader waits for the end of one, not until it finds the lock free.
 *
 * <p>Threading: any thread. Not reentrant.
 */
final class SocketLock extends LockState {
    /** Longer than a pipe may wait under the lock. */
    private static final int SPINS = Pipe.LONGEST_WAIT_SPINS + 100;

    private static final int YIELDS = 10;
    private static final long SHORTEST_PARK_NS = 1_000;
    private static final long LONGEST_PARK_NS = 100_000;
    private static final VarHandle STATE = Fields.handle(MethodHandles.lookup(), LockState.class, "state", int.class);
    private static final VarHandle HOLDS = Fields.handle(MethodHandles.lookup(), LockState.class, "holds", int.class);
    private static final VarHandle PARKED =
            Fields.handle(MethodHandles.lookup(), SocketLock.class, "parked", int.class);

    @SuppressWarnings("UnusedVariable")
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14;

    /** How many are parked until they can have it: changed only by those who have time. */
    @SuppressWarnings("unused") // through PARKED
    private volatile int parked;

    /** Takes the lock; not for an I/O thread, which serves others and so waits for nobody. */
    void lock() {
        assert !Reactor.isIoThread() : "an I/O thread waits for a socket's lock";
        if (!STATE.compareAndSet(this, FREE, HELD)) {
            takeLater(HELD);
        }
    }

    /** Takes the lock to send: until it is given up, no reader is put to rest, and no other socket's lock taken. */
    void lockForSending() {
        assert !Reactor.isIoThread() : "an I/O thread waits for a socket's lock";
        if (!STATE.compareAndSet(this, FREE, HELD_FOR_SENDING)) {
            takeLater(HELD_FOR_SENDING);
        }
    }

    boolean isHeldForSending() {
        return state == HELD_FOR_SENDING;
    }

    /** Whether somebody holds it: for asserts. */
    boolean isHeld() {
        return state != FREE;
    }

    /**
     * The hold that has begun last, at the least, as far as a look at the lock has told: once another number is seen,
     * that hold is over and what was done in it is visible.
     */
    int currentHold() {
        return (int) HOLDS.getAcquire(this);
    }

    boolean tryLock() {
        return tryLock(HELD);
    }

    private boolean tryLock(int as) {
        return state == FREE && STATE.compareAndSet(this, FREE, as);
    }

    void unlock() {
        HOLDS.setRelease(this, holds + 1);
        STATE.setRelease(this, FREE);
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint: nothing depends on who runs next
    private void takeLater(int as) {
        for (var i = 0; i < SPINS; i++) {
            if (tryLock(as)) {
                return;
            }
            Thread.onSpinWait();
        }
        for (var i = 0; i < YIELDS; i++) {
            if (tryLock(as)) {
                return;
            }
            Thread.yield();
        }
        PARKED.getAndAdd(this, 1);
        try {
            var parkNs = SHORTEST_PARK_NS;
            while (!tryLock(as)) {
                TimedPark.of(parkNs, this);
                parkNs = Math.min(2 * parkNs, LONGEST_PARK_NS);
            }
        } finally {
            PARKED.getAndAdd(this, -1);
        }
    }

    /**
     * A thread that has held it for long and is going to take it again lets others go first: one who parks until the
     * lock is free would hardly ever wake at the moment that it is. By who does not hold the lock.
     *
     * <p>A virtual thread always parks: where it only yields, its carrier may take it up again before the one that was
     * parked under the lock, each time.
     */
    @SuppressWarnings("ThreadPriorityCheck") // a hint: nothing depends on who runs next
    void giveWay() {
        if (parked > 0 || AdaptiveSpin.isVirtualThread()) {
            TimedPark.of(LONGEST_PARK_NS, this);
        } else {
            Thread.yield();
        }
    }
}
