package io.lingmq.loop;

import io.lingmq.error.ErrorCode;
import io.lingmq.error.LingException;
import io.lingmq.guard.Log;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Which thread runs a loop: none or one at a time.
 *
 * <p>Threading: any thread.
 */
final class LoopRuns {
    private static final long LAST_MOMENT_MS = 1000;

    private final String threadName;
    private final AtomicReference<@Nullable Run> present = new AtomicReference<>();

    /** What is run. */
    @FunctionalInterface
    interface Turns {
        void take() throws InterruptedException;
    }

    /** From the call that asks for it, so that a second one is refused, until its thread has done. */
    private static final class Run {
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile @Nullable Thread thread;
    }

    LoopRuns(String threadName) {
        this.threadName = threadName;
    }

    void inThisThread(Turns turns) throws InterruptedException {
        run(begin(), turns);
    }

    void inADaemon(Turns turns) {
        var run = begin();
        try {
            var thread = new Thread(() -> runQuietly(run, turns), threadName);
            thread.setDaemon(true);
            thread.start();
        } catch (Throwable e) { // there may be no thread to be had
            end(run);
            throw e;
        }
    }

    private Run begin() {
        var run = new Run();
        if (!present.compareAndSet(null, run)) {
            throw new LingException(
                    ErrorCode.WRONG_STATE, "the loop runs already; one thread at a time runs it, until it is stopped");
        }
        return run;
    }

    private void end(Run run) {
        present.set(null);
        run.ended.countDown();
    }

    private void run(Run run, Turns turns) throws InterruptedException {
        run.thread = Thread.currentThread();
        try {
            turns.take();
        } finally {
            end(run);
        }
    }

    private void runQuietly(Run run, Turns turns) {
        try {
            run(run, turns);
        } catch (InterruptedException e) {
            Log.warning("a loop has ended, for its thread was interrupted");
        } catch (RuntimeException | Error e) {
            Log.error("a loop has failed", e);
        }
    }

    boolean isRunning() {
        return present.get() != null;
    }

    /** Whether the caller is the thread that runs the loop. */
    boolean isHere() {
        var run = present.get();
        return run != null && run.thread == Thread.currentThread();
    }

    /** Waits at most a second for the end of the present run, unless this is its thread; an interrupt ends the wait. */
    void awaitEnd() {
        var run = present.get();
        if (run == null || isHere()) {
            return;
        }
        try {
            if (!run.ended.await(LAST_MOMENT_MS, TimeUnit.MILLISECONDS)) {
                Log.warning("a loop was closed, and a handler of it is still running");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
