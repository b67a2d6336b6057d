package io.lingmq.reactor;

import org.jspecify.annotations.Nullable;

/**
 * A task that a reactor runs at a given time, unless it is cancelled. One that has run may be set again.
 *
 * <p>Threading: the reactor's thread.
 */
public final class Timer implements Comparable<Timer> {
    /**
     * The longest delay, 73 years. Times of {@link System#nanoTime} are compared by their difference, which has a sign
     * only while it is less than twice this.
     */
    private static final long LONGEST_DELAY_NS = Long.MAX_VALUE / 4;

    private final Reactor reactor;
    private @Nullable Runnable task;
    private boolean isSet;
    private long dueNs;

    /** A timer that is not set yet. */
    public Timer(Reactor reactor, Runnable task) {
        this.reactor = reactor;
        this.task = task;
    }

    /**
     * Lets the task run after a delay, cut to 73 years. The timer must not be set now, nor ever have been cancelled.
     */
    public void set(long delayNs) {
        isSet = true;
        dueNs = System.nanoTime() + Math.max(0, Math.min(delayNs, LONGEST_DELAY_NS));
        reactor.add(this);
    }

    /** The task will not run, and is not held on to. */
    public void cancel() {
        task = null;
        if (isSet) {
            isSet = false;
            reactor.timerCancelled();
        }
    }

    /** Whether the task will run before the given time. */
    public boolean isDueBefore(long atNs) {
        return isSet && dueNs - atNs <= 0;
    }

    boolean isCancelled() {
        return !isSet;
    }

    long dueNs() {
        return dueNs;
    }

    /** Takes the task to run it, or null if it was cancelled. */
    @Nullable
    Runnable take() {
        isSet = false;
        return task;
    }

    @Override
    public int compareTo(Timer other) {
        return Long.compare(dueNs - other.dueNs, 0);
    }
}
