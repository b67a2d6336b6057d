package io.lingmq.socket;

import java.util.ArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that wait until a socket can send, or can receive.
 *
 * <p>A thread enlists, <em>looks once more</em> whether it still has to wait, and only then parks. Whoever brings news
 * makes them visible and then wakes one thread. How many are enlisted is volatile, so either the second look finds the
 * news or the waker finds the waiter.
 *
 * <p>One piece of news wakes one thread. A wake that comes while its thread is leaving either goes to the next one, or
 * is seen by the leaving thread, which passes it on. A thread that got what it wanted and sees that there is more wakes
 * the next one too. So no news are lost, and no crowd is woken for one message.
 *
 * <p>Threading: any thread. The lock is held for a moment and never while a thread is parked, so virtual threads give
 * up their carrier. What a thread needs to wait is used again by the next one, so that waiting leaves no garbage.
 */
final class Waiters {
    /** One waiting thread. */
    static final class Waiter {
        private @Nullable Thread thread;
        /** Set under the lock, used up by the thread itself. */
        private volatile boolean woken;
    }

    private final SocketLock lock = new SocketLock();
    private final ArrayList<Waiter> row = new ArrayList<>();
    private final ArrayList<Waiter> unused = new ArrayList<>();
    /** How many are in the row: asked at every message, without the lock. */
    private volatile int enlisted;

    boolean isEmpty() {
        return enlisted == 0;
    }

    Waiter enlist() {
        lock.lock();
        try {
            var waiter = unused.isEmpty() ? new Waiter() : unused.remove(unused.size() - 1);
            waiter.thread = Thread.currentThread();
            waiter.woken = false;
            row.add(waiter);
            enlisted = row.size();
            return waiter;
        } finally {
            lock.unlock();
        }
    }

    /** The thread waits no longer; a wake that it has not answered goes to the next one. */
    void leave(Waiter waiter) {
        boolean unanswered;
        lock.lock();
        try {
            row.remove(waiter);
            enlisted = row.size();
            unanswered = waiter.woken;
            waiter.thread = null;
            unused.add(waiter);
        } finally {
            lock.unlock();
        }
        if (unanswered) {
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
        if (!isEmpty()) {
            LockSupport.unpark(firstToWake());
        }
    }

    /** Wakes all: there is nothing left to wait for. */
    void wakeAll() {
        lock.lock();
        try {
            for (var waiter : row) {
                waiter.woken = true;
                LockSupport.unpark(waiter.thread);
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Thread firstToWake() {
        lock.lock();
        try {
            for (var i = 0; i < row.size(); i++) {
                var waiter = row.get(i);
                if (!waiter.woken) {
                    waiter.woken = true;
                    return waiter.thread;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }
}
