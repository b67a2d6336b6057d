package io.lingmq.socket;

import io.lingmq.guard.Guard;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous calls of one socket whose outcome is known and is to be told: they complete one after the other, in
 * the order in which they were served, so that messages reach the application in theirs.
 *
 * <p>To complete a future runs the code that depends on it, which may take as long as it likes, and may wait for calls
 * further behind in this queue. So where it takes longer than a moment, another thread goes on with those, and the one
 * that was left alone comes to its end beside it. A thread that has not completed its future yet runs nobody's code: it
 * has no processor at the moment, and nobody goes past it.
 *
 * <p>Threading: any thread; futures complete in a thread that {@link #run runs} the queue, and no lock is held.
 */
final class Completions {
    private final Callbacks callbacks;
    private final ArrayDeque<AsyncCall<?>> queue = new ArrayDeque<>();
    /** Whose queue it is at the moment, or null. */
    private @Nullable Object runner;

    /** The call that was begun last, while there may be others behind it. */
    private @Nullable AsyncCall<?> latest;

    private long begun;
    private long begunAtLastLook;
    private boolean watched;
    /** Another thread has been asked for, and has not begun. */
    private boolean awaitsThread;

    Completions(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    /** A call has been served; whoever adds it then has the queue {@linkplain #tell told}. */
    synchronized void add(AsyncCall<?> call) {
        queue.add(call);
    }

    /** Completes all that are there, where the application wants that; called by a thread of the context's own. */
    void tell() {
        if (!isEmpty()) {
            callbacks.run(this::run);
        }
    }

    private synchronized boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Completes all that are there, unless another thread is at it. */
    void run() {
        var me = new Object();
        become(me);
        AsyncCall<?> call;
        while ((call = next(me)) != null) {
            Guard.run("a callback", call::finish);
            var unused = Thread.interrupted(); // it was meant for this one, if for anybody
        }
    }

    private void become(Object me) {
        boolean mayTakeLong;
        synchronized (this) {
            awaitsThread = false;
            if (runner == null) {
                runner = me;
            }
            mayTakeLong = !watched && queue.size() > (runner == me ? 1 : 0);
            if (mayTakeLong) {
                watched = true;
                begunAtLastLook = begun;
            }
        }
        if (mayTakeLong) {
            callbacks.threads().watch(this);
        }
    }

    private synchronized @Nullable AsyncCall<?> next(Object me) {
        if (runner != me) {
            return null;
        }
        var call = queue.poll();
        if (call == null) {
            runner = null;
            latest = null;
        } else {
            begun++;
            latest = call;
        }
        return call;
    }

    /** Whether the code that depends on a future has been running since the last look. */
    private boolean isHeldUp() {
        assert Thread.holdsLock(this);
        return begun == begunAtLastLook && latest != null && latest.isDone();
    }

    /**
     * Looked at now and then, while calls wait here: lets another thread go on if none has completed since the last
     * look. False if nothing waits any more.
     */
    synchronized boolean isBusy() {
        if (queue.isEmpty()) {
            watched = false;
            return false;
        }
        if ((runner == null || isHeldUp()) && !awaitsThread) {
            runner = null;
            awaitsThread = Guard.run(
                            "a thread for callbacks", () -> callbacks.executor().execute(this::run))
                    == null;
        }
        begunAtLastLook = begun;
        return true;
    }
}
