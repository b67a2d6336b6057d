package io.lingmq.socket;

import io.lingmq.guard.Guard;
import io.lingmq.guard.Log;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler with a daemon thread of its own, which begins with the first task. No work of the application runs there,
 * so nothing but a monitor's listener whose executor is the calling thread can keep its tasks waiting.
 *
 * <p>Threading: any thread.
 */
final class ThreadScheduler implements Scheduler {
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final ScheduledThreadPoolExecutor executor;

    ThreadScheduler(String threadName) {
        executor = new ScheduledThreadPoolExecutor(1, task -> newThread(task, threadName)) {
            @Override
            protected void terminated() {
                ended.complete(null);
            }
        };
        executor.setRemoveOnCancelPolicy(true);
    }

    private static Thread newThread(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public @Nullable Future<?> schedule(long delayNs, Runnable task) {
        try {
            return executor.schedule(
                    () -> {
                        Guard.run("a task of inproc", task);
                    },
                    delayNs,
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            return null;
        }
    }

    @Override
    public void stop(long timeoutNs) {
        executor.shutdownNow();
        if (!Completion.within(timeoutNs, ended)) {
            Log.warning("a task of inproc is slow to end, and is left behind");
        }
    }
}
