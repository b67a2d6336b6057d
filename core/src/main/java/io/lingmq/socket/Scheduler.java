package io.lingmq.socket;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Runs tasks later, one after the other, where they may wait for the lock of a socket. Threading: any thread. */
public interface Scheduler {
    /**
     * Runs a task once the delay is over; what it throws is logged.
     *
     * @return what cancels it, or null if the scheduler has stopped: the task will never run
     */
    @Nullable
    Future<?> schedule(long delayNs, Runnable task);

    /** Runs nothing more, and forgets what was to be run; waits at most so long for the task that is being run. */
    void stop(long timeoutNs);
}
