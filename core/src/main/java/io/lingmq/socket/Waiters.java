package io.lingmq.socket;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that wait until a socket can send, or can receive.
 *
 * <p>A thread enlists, <em>looks once more</em> whether it still has to wait, and only then parks. Whoever brings news
 * makes them visible and then wakes one thread. Both the list and each waiter's state are volatile, so either the
 * second look finds the news or the waker finds the waiter.
 *
 * <p>One piece of news wakes one thread. A waiter's state changes by compare-and-set, so a wake that comes while its
 * thread is leaving either fails, and goes to the next one, or is seen by the leaving thread, which passes it on. A
 * thread that got what it wanted and sees that there is more wakes the next one too. So no news are lost, and no crowd
 * is woken for one message.
 *
 * <p>Threading: any thread. Holds no lock while a thread is parked, so virtual threads give up their carrier.
 */
final class Waiters {
    private static final AtomicIntegerFieldUpdater<Waiters> ENLISTED =
            AtomicIntegerFieldUpdater.newUpdater(Waiters.class, "enlisted");
    private static final int WAITING = 0;
    private static final int WOKEN = 1;
    private static final int GONE = 2;

    /** One waiting thread. */
    static final class Waiter {
        private final Thread thread = Thread.currentThread();
        private final AtomicInteger state = new AtomicInteger(WAITING);

        private boolean wake() {
            if (!state.compareAndSet(WAITING, WOKEN)) {
                return false;
            }
            LockSupport.unpark(thread);
            return true;
        }
    }

    private final ConcurrentLinkedQueue<Waiter> waiters = new ConcurrentLinkedQueue<>();
    /** At most as many as are in the list: asked at every message, where the list would be slow. */
    private volatile int enlisted;

    boolean isEmpty() {
        return enlisted == 0;
    }

    Waiter enlist() {
        var waiter = new Waiter();
        waiters.add(waiter);
        ENLISTED.incrementAndGet(this);
        return waiter;
    }

    /** The thread waits no longer; a wake that it has not answered goes to the next one. */
    void leave(Waiter waiter) {
        var state = waiter.state.getAndSet(GONE);
        ENLISTED.decrementAndGet(this);
        waiters.remove(waiter);
        if (state == WOKEN) {
            wakeOne();
        }
    }

    /**
     * Parks until woken or until the deadline. The caller then looks again: that answers the wake.
     *
     * @return false if the deadline has passed
     * @throws InterruptedException if the thread was interrupted
     */
    boolean park(Waiter waiter, long deadlineNs) throws InterruptedException {
        while (!waiter.state.compareAndSet(WOKEN, WAITING)) {
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
        return true;
    }

    /** Wakes the first thread that is not awake already. */
    void wakeOne() {
        for (var waiter : waiters) {
            if (waiter.wake()) {
                return;
            }
        }
    }

    /** Wakes all: there is nothing left to wait for. */
    void wakeAll() {
        waiters.forEach(Waiter::wake);
    }
}
