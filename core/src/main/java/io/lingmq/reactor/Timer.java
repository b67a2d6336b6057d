package io.lingmq.reactor;

import io.lingmq.time.NanoTime;
import org.jspecify.annotations.Nullable;

/**
 * A task that a reactor runs at a given time, unless it is cancelled. One that has run may be set again.
 *
 * <p>Threading: the reactor's thread.
 */
public final class Timer implements Comparable<Timer> {
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
        assert !isSet && task != null : "a timer is set once at a time, and not after it was cancelled";
        dueNs = NanoTime.after(reactor.nowNs(), delayNs);
        reactor.timers().add(this);
        isSet = true; // only now: there may be no memory for one more in the queue
    }

    /** The task will not run, and is not held on to. Never fails. */
    public void cancel() {
        task = null;
        if (isSet) {
            isSet = false;
            reactor.timers().cancelled();
        }
    }

    /** Whether the task will run before the given time. */
    public boolean isDueBefore(long atNs) {
        return isSet && !NanoTime.isBefore(atNs, dueNs);
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
        return NanoTime.compare(dueNs, other.dueNs);
    }
}
