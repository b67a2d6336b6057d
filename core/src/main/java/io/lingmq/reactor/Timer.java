package io.lingmq.reactor;

/** A task that a reactor runs at a given time, unless it is cancelled. Threading: the reactor's thread. */
public final class Timer implements Comparable<Timer> {
    private final long dueNs;
    private final Runnable task;
    private boolean cancelled;

    Timer(long dueNs, Runnable task) {
        this.dueNs = dueNs;
        this.task = task;
    }

    /** The task will not run. */
    public void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    long dueNs() {
        return dueNs;
    }

    Runnable task() {
        return task;
    }

    @Override
    public int compareTo(Timer other) {
        return Long.compare(dueNs - other.dueNs, 0);
    }
}
