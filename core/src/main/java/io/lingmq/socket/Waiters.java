package io.lingmq.socket;

import io.lingmq.lang.Fields;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
 * <p>News are numbered, and each waiter remembers the number that its last look began with. One piece of news wakes one
 * thread that has not looked since. What happens when that is of no use to it depends on the {@link Kind}. A wake that
 * its thread does not answer, because it leaves or because its look fails with an exception, goes to the next one. So
 * no news are lost, each waiter looks at most once for each, and no crowd is woken for one message.
 *
 * <p>Threading: any thread. A waiting thread takes the lock for a moment, never while it is parked, so virtual threads
 * give up their carrier. A thread that brings news, perhaps an I/O thread, never waits for the lock: it counts the
 * news, and if the lock is taken its holder wakes the thread for it, after giving the lock up. What a thread needs to
 * wait is used again by the next one, so that waiting leaves no garbage.
 */
final class Waiters {
    /** What the threads that wait here have in common. */
    enum Kind {
        /**
         * What one of them has no use for is of no use to the others. Only who gets what it wanted wakes the next, if
         * it sees that there is more.
         */
        ALIKE,
        /**
         * What one of them has no use for may be what another waits for, as with messages to different peers. So each
         * piece of news goes to all, one after the other: a thread that has looked passes it on.
         */
        DIFFERENT
    }

    /** One waiting thread. */
    static final class Waiter {
        private @Nullable Thread thread;
        /** Set under the lock, used up by the thread itself. */
        private volatile boolean woken;
        /** The number of the news when the last look began. Written before {@code woken} is used up, read after it. */
        private long lookedAt;
        /** The thread was woken and has not come to an end with it yet. Its own. */
        private boolean answers;
    }

    /** More than there will ever be threads. */
    private static final long ALL = 1L << 32;

    private static final VarHandle NEWS = Fields.handle(MethodHandles.lookup(), Waiters.class, "news", long.class);

    private final Kind kind;
    private final SocketLock lock;
    private final ArrayList<Waiter> row = new ArrayList<>();
    private final ArrayList<Waiter> unused = new ArrayList<>();
    /** How many are in the row: asked at every message, without the lock. */
    private volatile int enlisted;
    /** The number of the latest piece of news; written through NEWS. */
    private volatile long news;

    /** The latest piece of news that has woken its thread, or found nobody to wake. Written under the lock. */
    private volatile long delivered;

    private volatile boolean ended;

    Waiters(Kind kind) {
        this(kind, new SocketLock());
    }

    /** With a lock that somebody else may hold too. */
    Waiters(Kind kind, SocketLock lock) {
        this.kind = kind;
        this.lock = lock;
    }

    Kind kind() {
        return kind;
    }

    boolean isEmpty() {
        return enlisted == 0;
    }

    // ---- who waits

    Waiter enlist() {
        lock.lock();
        try {
            var waiter = unused.isEmpty() ? new Waiter() : unused.remove(unused.size() - 1);
            waiter.thread = Thread.currentThread();
            waiter.woken = false;
            waiter.answers = false;
            waiter.lookedAt = news;
            row.add(waiter);
            enlisted = row.size();
            return waiter;
        } finally {
            unlock();
        }
    }

    /**
     * The last look was in vain: parks until woken or until the deadline. The caller then looks again: that answers the
     * wake.
     *
     * @return false if the deadline has passed
     * @throws InterruptedException if the thread was interrupted
     */
    boolean park(Waiter waiter, long deadlineNs) throws InterruptedException {
        if (waiter.answers) {
            waiter.answers = false;
            passOnIfDifferent();
        }
        while (!waiter.woken && !ended) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (!parkOnce(deadlineNs)) {
                return false;
            }
        }
        if (waiter.woken) {
            waiter.answers = true;
            waiter.lookedAt = news; // before the wake is used up: a thread that sees that sees this too
            waiter.woken = false;
        }
        return true;
    }

    /** False if the deadline has passed. */
    private boolean parkOnce(long deadlineNs) {
        if (deadlineNs == Long.MAX_VALUE) {
            LockSupport.park(this);
            return true;
        }
        var leftNs = deadlineNs - System.nanoTime();
        if (leftNs > 0) {
            LockSupport.parkNanos(this, leftNs);
        }
        return leftNs > 0;
    }

    /** The last look found what the thread waits for; if there is more it wakes the next one itself. */
    void found(Waiter waiter) {
        if (kind == Kind.ALIKE) {
            waiter.answers = false;
        }
    }

    /** The thread waits no longer; a wake that it has not answered goes to the next one. */
    void leave(Waiter waiter) {
        Thread next;
        lock.lock();
        try {
            var present = row.remove(waiter);
            assert present : "who leaves has enlisted, and leaves once";
            enlisted = row.size();
            next = waiter.woken || waiter.answers ? nextToWake(news) : null;
            waiter.thread = null;
            unused.add(waiter);
        } finally {
            unlock();
        }
        LockSupport.unpark(next);
    }

    private void passOnIfDifferent() {
        if (kind == Kind.DIFFERENT && enlisted > 1) {
            Thread next;
            lock.lock();
            try {
                next = nextToWake(news);
            } finally {
                unlock();
            }
            LockSupport.unpark(next);
        }
    }

    // ---- who brings news

    /** There are news, and they are visible: wakes the first thread that has not looked since. Waits for no lock. */
    void wakeOne() {
        if (!isEmpty()) {
            NEWS.getAndAdd(this, 1L); // with it a fence: before the look at the lock
            deliver();
        }
    }

    /** There is nothing left to wait for, for ever: wakes all. Waits for no lock. */
    void end() {
        ended = true;
        NEWS.getAndAdd(this, ALL);
        deliver();
    }

    /** Wakes a thread for each piece of news that is not delivered yet, unless the holder of the lock will do so. */
    private void deliver() {
        while (delivered != news && lock.tryLock()) {
            Thread next;
            try {
                var latest = news; // what comes after this is delivered in another round
                next = nextToWake(latest);
                delivered = next == null ? latest : delivered + 1;
            } finally {
                lock.unlock();
            }
            LockSupport.unpark(next);
            VarHandle.fullFence(); // as in unlock
        }
    }

    /** Gives the lock up, and then looks whether somebody brought news meanwhile and could not have it. */
    private void unlock() {
        lock.unlock();
        VarHandle.fullFence(); // either this thread sees the news, or who brought them sees that the lock is free
        deliver();
    }

    /** Under the lock. */
    private @Nullable Thread nextToWake(long latest) {
        assert lock.isHeld() : "the lock is not held";
        for (var i = 0; i < row.size(); i++) {
            var waiter = row.get(i);
            if (!waiter.woken && waiter.lookedAt < latest) {
                waiter.woken = true;
                return waiter.thread;
            }
        }
        return null;
    }
}
