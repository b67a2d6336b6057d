package io.lingmq.socket;

import io.lingmq.guard.Log;
import io.lingmq.pipe.Notice;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a socket has to learn of and has not learned yet: bells that were rung, pipes that come and go. A thread that
 * brings news is an I/O thread, or a thread that holds another socket's lock, and must never wait for this socket's
 * lock. So a notice is put into a list, and taken by the next holder of the lock: each call on the socket does so
 * first.
 *
 * <p>What must not wait for a call is {@linkplain #post posted}: its bringer takes the lock if it is free at the
 * moment. If it is not, whoever holds it may be at the end of the last call for a long time; so somebody comes back
 * soon and tries again, until the list is empty. Waiting threads were told before that, and may have looked too early;
 * so they are told again.
 *
 * <p>A call learns of all that was there before it: a bell that it did not hear of would be a message that it did not
 * find. There may be thousands, but they are little work each. Where they are not, since a publisher's peers are read
 * then and there, a call does a budget's worth of that. A thread that takes the lock for notices alone works off at
 * most {@value #MOST_AT_ONCE}. What is left is worked off soon, before all that came later.
 *
 * <p>Threading: any thread; {@link #workOff} under the socket's lock. Notices are worked off in the order in which they
 * came.
 */
final class Notices {
    /** A call on a socket takes less, and hardly anybody notices so much. */
    private static final long RETRY_US = 100;

    /** So many are worked off by a thread that takes the lock only for that. */
    private static final int MOST_AT_ONCE = 1024;

    /** Works off notices. Under the lock. */
    interface Taker {
        /** Works off one. */
        void take(Notice notice);

        /** Some more are to be worked off in one hold of the lock. */
        default void beginHold() {}

        /** Whether those since {@link #beginHold} were work enough: the others wait for another hold of the lock. */
        default boolean isBudgetSpent() {
            return false;
        }
    }

    /** Stands for the rest, so that there is always something in the list where something is left. */
    private static final class More extends Notice {}

    private final ReadyList posted = new ReadyList();
    /** Taken from the list, and not worked off yet. Under the lock. */
    private @Nullable Notice rest;

    private final SocketLock lock;
    private final Taker taker;
    private final Runnable afterRetry;
    private final Executor later;
    private final AtomicBoolean retrying = new AtomicBoolean();

    /**
     * The notices of a socket.
     *
     * @param taker works off notices
     * @param afterRetry tells those who wait that there may be news, without the lock
     */
    Notices(SocketLock lock, Taker taker, Runnable afterRetry) {
        this(lock, taker, afterRetry, retry -> SharedTimer.run(RETRY_US, retry));
    }

    /** As above, with another way to come back soon. */
    Notices(SocketLock lock, Taker taker, Runnable afterRetry, Executor later) {
        this.lock = lock;
        this.taker = taker;
        this.afterRetry = afterRetry;
        this.later = later;
    }

    /** Leaves a notice for the next call. */
    void leave(Notice notice) {
        posted.push(notice);
    }

    /** Leaves a notice that is worked off soon, also if nobody calls. */
    void post(Notice notice) {
        posted.push(notice);
        var unused = workOffIfFree(); // if not now, then soon
    }

    /** Leaves a notice that is worked off once more, when others have had the lock. Under the lock. */
    void postAgain(Notice notice) {
        assert lock.isHeld() : "the socket's lock is not held";
        posted.push(notice);
        retryLater();
    }

    /** False if the lock was taken. */
    private boolean workOffIfFree() {
        if (posted.isEmpty()) {
            return true; // a call has just come by
        }
        if (!lock.tryLock()) {
            retryLater();
            return false;
        }
        try {
            workOff(MOST_AT_ONCE, true);
        } finally {
            lock.unlock();
        }
        return true;
    }

    private void retryLater() {
        if (!retrying.compareAndSet(false, true)) {
            return;
        }
        try {
            later.execute(this::retry);
        } catch (Throwable e) { // no memory, say, or no thread: the next call or the next who posts works it off
            retrying.set(false);
            Log.error("a socket may learn late of what has happened to its peers", e);
        }
    }

    /**
     * A thread that posts from now on makes another retry; what was posted before is seen here. Those who wait are told
     * also where a call has come by: it works off what it finds, and tells nobody.
     */
    private void retry() {
        retrying.set(false);
        if (workOffIfFree()) {
            afterRetry.run();
        }
    }

    /** Works off all there are, but for what is beyond the budget: that is worked off soon. Under the lock. */
    void workOff() {
        workOff(Integer.MAX_VALUE, true);
    }

    /** Works off all there are, however long that takes. Under the lock. */
    void workOffAll() {
        workOff(Integer.MAX_VALUE, false);
    }

    /** What does not fit is in front of all that comes later. */
    private void workOff(int most, boolean withinBudget) {
        assert lock.isHeld() : "the socket's lock is not held";
        if (posted.isEmpty() && rest == null) {
            return;
        }
        taker.beginHold();
        var room = workOffRest(most, withinBudget);
        if (rest == null) {
            rest = posted.takeAll();
            workOffRest(room, withinBudget);
        }
        if (rest != null) {
            postAgain(new More());
        }
    }

    /** Returns for how many more there is room. */
    private int workOffRest(int most, boolean withinBudget) {
        var room = most;
        Notice notice;
        while ((notice = rest) != null && room > 0 && !(withinBudget && taker.isBudgetSpent())) {
            rest = notice.next;
            notice.next = null;
            notice.leaveList();
            workOff(notice);
            room--;
        }
        return room;
    }

    /** The others are taken from the list already: whatever this one throws, they are worked off too. */
    private void workOff(Notice notice) {
        try {
            if (!(notice instanceof More)) {
                taker.take(notice);
            }
        } catch (Throwable e) {
            Log.error("a notice was not worked off", e);
        }
    }
}
