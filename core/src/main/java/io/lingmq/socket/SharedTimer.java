package io.lingmq.socket;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A thread for all sockets, which comes back soon where something could not be done at once, and ends when there is
 * nothing to do. Not the JDK's own timer thread: that one runs what an application makes depend on a time-out, and may
 * be stuck in it. What is done here is short and waits for nothing.
 *
 * <p>Threading: any thread.
 */
final class SharedTimer {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private SharedTimer() {}

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

    /** Runs a task after a delay; what it throws is lost. Throws if the system has no thread for that. */
    static void run(long delayUs, Runnable task) {
        run(TIMER, delayUs, task);
    }

    /**
     * As above, on a given timer. Its thread is asked for first: where there is none, the timer would throw and keep
     * the task all the same, and a thread that asks again and again would fill the memory.
     */
    static void run(ScheduledThreadPoolExecutor timer, long delayUs, Runnable task) {
        timer.prestartCoreThread();
        var unused = timer.schedule(task, delayUs, TimeUnit.MICROSECONDS);
    }
}
