package io.lingmq.reactor;

import org.jspecify.annotations.Nullable;

/** A task that a reactor runs at a given time, unless it is cancelled. Threading: the reactor's thread. */
public final class Timer implements Comparable<Timer> {
    private final Reactor reactor;
    private final long dueNs;
    private @Nullable Runnable task;

    Timer(Reactor reactor, long dueNs, Runnable task) {
        this.reactor = reactor;
        this.dueNs = dueNs;
        this.task = task;
    }

    /** The task will not run, and is not held on to. */
    public void cancel() {
        if (task != null) {
            task = null;
            reactor.timerCancelled();
        }
    }

    /** Whether the task will run before the given time. */
    public boolean isDueBefore(long atNs) {
        return task != null && dueNs - atNs <= 0;
    }

    boolean isCancelled() {
        return task == null;
    }

    long dueNs() {
        return dueNs;
    }

    /** Takes the task to run it, or null if it was cancelled. */
    @Nullable
    Runnable take() {
        var taken = task;
        task = null;
        return taken;
    }

    @Override
    public int compareTo(Timer other) {
        return Long.compare(dueNs - other.dueNs, 0);
    }
}
