package io.lingmq.socket;

import io.lingmq.guard.Guard;
import io.lingmq.guard.Log;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of one context that serve asynchronous calls and streams, and call the application's code for them.
 *
 * <p>That code may do anything, also wait for what another thread of these must do first. So there is a thread for each
 * task that would have to wait, up to {@value #MOST}; only beyond that a task waits for one to end. They are daemons,
 * and go when they have had nothing to do for some seconds, or when the context closes.
 *
 * <p>Where the system has no thread left, a task waits for the next of these that is free, and one is asked for again
 * soon: its giver thinks that it will run, and does not ask a second time.
 *
 * <p>A queue of completions that is being worked off is looked at every {@value #LOOK_MS} ms: where one callback takes
 * longer, another thread goes on with those behind it.
 *
 * <p>Threading: any thread, I/O threads too.
 */
final class CallbackThreads implements Executor {
    private static final int MOST = 256;
    private static final long IDLE_S = 5;
    private static final long LOOK_MS = 5;

    /** Prefers a thread that has nothing to do, then a new one; queues only where there can be no more. */
    private static final class Handover extends LinkedTransferQueue<Runnable> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean offer(Runnable task) {
            return tryTransfer(task);
        }
    }

    private final Handover queue = new Handover();
    private final ThreadFactory threads;
    private final Executor soon;
    private final ThreadPoolExecutor pool;
    private final ConcurrentLinkedQueue<Completions> watched = new ConcurrentLinkedQueue<>();
    private final SerialTask watch = new SerialTask(this, this::watch);

    /**
     * The threads of a context.
     *
     * @param soon runs a short task in a moment, if it can on a thread that is there already
     */
    CallbackThreads(String namePrefix, Executor soon) {
        this(daemons(namePrefix + "-callback-"), soon);
    }

    /** As above, with threads that are made elsewhere. */
    CallbackThreads(ThreadFactory threads, Executor soon) {
        this.threads = threads;
        this.soon = soon;
        pool = new ThreadPoolExecutor(0, MOST, IDLE_S, TimeUnit.SECONDS, queue, threads, (task, full) -> later(task));
    }

    private static ThreadFactory daemons(String namePrefix) {
        var started = new AtomicInteger();
        return task -> {
            var thread = new Thread(null, task, namePrefix + started.getAndIncrement(), 0, false);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Throws only if the task will not run: there is neither a thread nor anybody who could ask for one again. */
    @Override
    public void execute(Runnable task) {
        start(() -> Guard.run("a callback", task));
    }

    private void start(Runnable task) {
        try {
            pool.execute(task);
        } catch (Throwable e) { // the system has no thread left, say
            queue.put(task);
            askAgainSoon(task, e);
        }
    }

    private void askAgainSoon(Runnable task, Throwable cause) {
        try {
            soon.execute(() -> askAgain(task, cause));
        } catch (Throwable e) {
            if (queue.remove(task)) { // else a thread has just become free
                throw e;
            }
        }
    }

    /** Told here, and not to who gave the task: that may have been under a lock. */
    private void askAgain(Runnable task, Throwable cause) {
        if (!queue.remove(task)) {
            return;
        }
        Log.debug("a callback had to wait for a thread", cause);
        if (Guard.run("asking for a thread for callbacks", () -> start(task)) != null) {
            queue.put(task); // the next thread takes it
        }
    }

    /** There can be no more threads, or there are to be none any more: then what still ends gets one of its own. */
    private void later(Runnable task) {
        if (pool.isShutdown()) {
            threads.newThread(task).start();
            return;
        }
        queue.put(task);
        if (pool.getPoolSize() == 0 && queue.remove(task)) {
            pool.execute(task); // all have gone in the meantime
        }
    }

    /** Looks after a queue of completions until it is empty. */
    void watch(Completions completions) {
        watched.add(completions);
        watch.request();
    }

    private void watch() {
        while (!watched.isEmpty()) {
            TimedPark.of(TimeUnit.MILLISECONDS.toNanos(LOOK_MS), this);
            for (var left = watched.size(); left > 0; left--) {
                var completions = watched.remove();
                if (completions.isBusy()) {
                    watched.add(completions);
                }
            }
        }
    }

    /**
     * The context has closed. Whatever is still asked for is done, and no thread stays. What waits for a thread asks
     * for one here: the thread that was to ask again may have been an I/O thread, whose timers are gone.
     */
    void stop() {
        pool.shutdown();
        var left = new ArrayList<Runnable>();
        queue.drainTo(left);
        left.forEach(task -> Guard.run("asking for a thread for callbacks", () -> start(task)));
    }
}
