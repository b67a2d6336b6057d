package io.lingmq.loop;

import io.lingmq.time.NanoTime;

/**
 * Calls an action at a time, or at each beat of a period. A beat that has passed while the loop was busy is left out,
 * and the others stay where they are.
 *
 * <p>Threading: its place in time is the heap's, and guarded by that.
 */
final class LoopTimer implements Entry {
    private static final int NOWHERE = -1;

    private final TimerHeap heap;
    private final Action action;
    /** 0 for a timer that is called once. */
    private final long periodNs;

    private long dueNs;
    private long number;
    private volatile int index = NOWHERE;

    /**
     * A timer that is not set yet.
     *
     * @param periodNs 0 for a timer that is called once
     */
    LoopTimer(TimerHeap heap, Action action, long periodNs) {
        this.heap = heap;
        this.action = action;
        this.periodNs = periodNs;
    }

    Action action() {
        return action;
    }

    boolean isPeriodic() {
        return periodNs > 0;
    }

    @Override
    public void cancel() {
        heap.remove(this);
    }

    @Override
    public boolean isActive() {
        return index != NOWHERE;
    }

    // ---- the heap's

    long dueNs() {
        return dueNs;
    }

    int index() {
        return index;
    }

    void isAt(int newIndex) {
        index = newIndex;
    }

    void isOut() {
        index = NOWHERE;
    }

    /** Sets when it is due; of timers that are due together the one with the lower number comes first. */
    void isDue(long atNs, long withNumber) {
        dueNs = atNs;
        number = withNumber;
    }

    /** Moves on to the first beat after the given time, which is not before the present one. */
    void toNextBeat(long nowNs) {
        var passed = (nowNs - dueNs) / periodNs;
        dueNs += passed * periodNs; // not after the given time
        dueNs = NanoTime.after(dueNs, periodNs);
    }

    boolean isBefore(LoopTimer other) {
        var order = NanoTime.compare(dueNs, other.dueNs);
        return order < 0 || (order == 0 && number < other.number);
    }

    @Override
    public String toString() {
        return isPeriodic() ? "periodic timer" : "timer";
    }
}
