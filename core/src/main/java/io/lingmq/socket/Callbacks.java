package io.lingmq.socket;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where a context calls the application's code that depends on its sockets: futures, streams, monitors. The library's
 * own work for them is done by its threads, whatever the application's executor does.
 *
 * <p>Threading: any thread.
 *
 * @param threads the context's own
 * @param timers what ends calls whose time is over
 * @param given the executor that the application gave, or null
 * @param wrapped the same, made safe; null if there is none
 */
record Callbacks(
        CallbackThreads threads,
        Scheduler timers,
        @Nullable Executor given,
        @Nullable GivenExecutor wrapped) {
    /** Callbacks on the context's own threads. */
    static Callbacks onOwnThreads(CallbackThreads threads, Scheduler timers) {
        return new Callbacks(threads, timers, null, null);
    }

    /** The same with an executor of the application. */
    Callbacks on(Executor other) {
        return new Callbacks(threads, timers, other, new GivenExecutor(other, threads, timers));
    }

    /** Takes tasks that call the application's code, from any thread; none of them is lost. */
    Executor executor() {
        return wrapped != null ? wrapped : threads;
    }

    /** Runs such a task for a thread of the context's own, there or on the application's executor. */
    void run(Runnable task) {
        if (wrapped != null) {
            wrapped.handOver(task);
        } else {
            task.run();
        }
    }
}
