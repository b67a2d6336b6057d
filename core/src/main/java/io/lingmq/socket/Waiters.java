package io.lingmq.socket;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that wait until a socket can send, or can receive.
 *
 * <p>A thread enlists, <em>looks once more</em> whether it still has to wait, and only then parks. Whoever brings news
 * makes them visible and then wakes one thread. Both the list and each waiter's mark are volatile, so either the second
 * look finds the news or the waker finds the waiter.
 *
 * <p>One piece of news wakes one thread. A thread that was woken and leaves without having used it, or uses it and sees
 * that there is more, wakes the next; so no news are lost and no crowd is woken for one message.
 *
 * <p>Threading: any thread. Holds no lock while a thread is parked, so virtual threads give up their carrier.
 */
final class Waiters {
    /** One waiting thread. */
    static final class Waiter {
        private final Thread thread = Thread.currentThread();
        private volatile boolean woken;
    }

    private final ConcurrentLinkedQueue<Waiter> waiters = new ConcurrentLinkedQueue<>();

    boolean isEmpty() {
        return waiters.isEmpty();
    }

    Waiter enlist() {
        var waiter = new Waiter();
        waiters.add(waiter);
        return waiter;
    }

    /** The thread waits no longer; if it was woken for something that it did not use, the next one gets it. */
    void leave(Waiter waiter, boolean used) {
        waiters.remove(waiter);
        if (waiter.woken && !used) {
            wakeOne();
        }
    }

    /**
     * Parks until woken or until the deadline; may also return for no reason. What woke it counts as used: the caller
     * looks again.
     *
     * @return false if the deadline has passed
     * @throws InterruptedException if the thread was interrupted
     */
    boolean park(Waiter waiter, long deadlineNs) throws InterruptedException {
        while (!waiter.woken) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (deadlineNs == Long.MAX_VALUE) {
                LockSupport.park(this);
            } else {
                var leftNs = deadlineNs - System.nanoTime();
                if (leftNs <= 0) {
                    return false;
                }
                LockSupport.parkNanos(this, leftNs);
            }
        }
        waiter.woken = false;
        return true;
    }

    /** Wakes the first thread that is not awake already. */
    void wakeOne() {
        for (var waiter : waiters) {
            if (!waiter.woken) {
                waiter.woken = true;
                LockSupport.unpark(waiter.thread);
                return;
            }
        }
    }

    /** Wakes all: there is nothing left to wait for. */
    void wakeAll() {
        for (var waiter : waiters) {
            waiter.woken = true;
            LockSupport.unpark(waiter.thread);
        }
    }
}
