package io.lingmq.socket;

import io.lingmq.guard.Log;
import io.lingmq.pipe.Notice;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What a socket has to learn of and has not learned yet: bells that were rung, pipes that come and go. Who brings news
 * is an I/O thread, or a thread that holds another socket's lock, and must never wait for this socket's lock. So a
 * notice is put into a list, and taken by the next who holds the lock: each call on the socket does so first.
 *
 * <p>What must not wait for a call is {@linkplain #post posted}: its bringer takes the lock if it is free at the
 * moment. If it is not, whoever holds it may be at the end of the last call for a long time; so somebody comes back
 * soon and tries again, until the list is empty. Who waits has been told before that, and may have looked too early; so
 * it is told again.
 *
 * <p>Threading: any thread; {@link #workOff} under the socket's lock. Notices are worked off in the order in which they
 * came.
 */
final class Notices {
    /** A call on a socket takes less, and hardly anybody notices so much. */
    private static final long RETRY_US = 100;

    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final ReadyList posted = new ReadyList();
    private final SocketLock lock;
    private final Consumer<Notice> taker;
    private final Runnable afterRetry;
    private final Executor later;
    private final AtomicBoolean retrying = new AtomicBoolean();

    /**
     * The notices of a socket.
     *
     * @param taker works off one notice, under the lock
     * @param afterRetry tells those who wait that there may be news, without the lock
     */
    Notices(SocketLock lock, Consumer<Notice> taker, Runnable afterRetry) {
        this(lock, taker, afterRetry, retry -> {
            var unused = TIMER.schedule(retry, RETRY_US, TimeUnit.MICROSECONDS);
        });
    }

    /** As above, with another way to come back soon. */
    Notices(SocketLock lock, Consumer<Notice> taker, Runnable afterRetry, Executor later) {
        this.lock = lock;
        this.taker = taker;
        this.afterRetry = afterRetry;
        this.later = later;
    }

    /**
     * A thread for all sockets, which ends when there is nothing to do. Not the JDK's own timer thread: that one runs
     * what an application makes depend on a time-out, and may be stuck in it. What is done here is short and waits for
     * nothing.
     */
    private static ScheduledThreadPoolExecutor timer() {
        var timer = new ScheduledThreadPoolExecutor(1, work -> {
            var thread = new Thread(work, "lingmq-notices");
            thread.setDaemon(true);
            return thread;
        });
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
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

    /** Leaves a notice that is worked off once more, when others have had their turn. Under the lock. */
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
            workOff();
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
     * Who posts from now on sees to it that there is another retry; what was posted before is seen here. Those who wait
     * are told also where a call has come by: it works off what it finds, and tells nobody.
     */
    private void retry() {
        retrying.set(false);
        if (workOffIfFree()) {
            afterRetry.run();
        }
    }

    /** Works off all there are. Under the lock. */
    void workOff() {
        assert lock.isHeld() : "the socket's lock is not held";
        if (posted.isEmpty()) {
            return;
        }
        var notice = posted.takeAll();
        while (notice != null) {
            var next = notice.next;
            notice.next = null;
            notice.leaveList();
            workOff(notice);
            notice = next;
        }
    }

    /** The others are taken from the list already: whatever this one throws, they are worked off too. */
    private void workOff(Notice notice) {
        try {
            taker.accept(notice);
        } catch (Throwable e) {
            Log.error("a notice was not worked off", e);
        }
    }
}
