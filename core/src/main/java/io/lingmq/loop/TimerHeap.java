package io.lingmq.loop;

import io.lingmq.time.NanoTime;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The timers that are set, the one that is due first on top: a binary heap in which each timer knows its place. So a
 * cancelled one leaves at once, and a periodic one moves on without memory, for which there may be none.
 *
 * <p>Threading: any thread.
 */
final class TimerHeap {
    private @Nullable LoopTimer[] timers = new LoopTimer[16];
    private int size;
    private long made;

    /** Sets a timer; true if it is due before all others. */
    synchronized boolean add(LoopTimer timer, long dueNs) {
        if (size == timers.length) {
            timers = Arrays.copyOf(timers, 2 * size);
        }
        timer.isDue(dueNs, made++);
        size++;
        siftUp(size - 1, timer);
        return timer.index() == 0;
    }

    /** Takes a timer out, if it is in. */
    synchronized void remove(LoopTimer timer) {
        var index = timer.index();
        if (!timer.isActive()) {
            return;
        }
        size--;
        var last = at(size);
        timers[size] = null;
        timer.isOut();
        if (last != timer) {
            siftDown(index, last);
            siftUp(last.index(), last);
        }
    }

    /** Takes all out. */
    synchronized void clear() {
        while (size > 0) {
            remove(at(size - 1));
        }
    }

    /**
     * The next timer that is due, or null. One that is called once is out now; a periodic one has moved on to its next
     * beat.
     */
    synchronized @Nullable LoopTimer takeDue(long nowNs) {
        if (size == 0 || NanoTime.isBefore(nowNs, at(0).dueNs())) {
            return null;
        }
        var due = at(0);
        if (due.isPeriodic()) {
            due.toNextBeat(nowNs);
            siftDown(0, due);
        } else {
            remove(due);
        }
        return due;
    }

    /** Leaves the beats out that a periodic timer has missed while its own action ran. */
    synchronized void leaveOutMissed(LoopTimer timer, long nowNs) {
        if (timer.isActive() && timer.isPeriodic() && !NanoTime.isBefore(nowNs, timer.dueNs())) {
            timer.toNextBeat(nowNs);
            siftDown(timer.index(), timer);
        }
    }

    /** How long it is until the next timer is due, at least 0; {@code Long.MAX_VALUE} if there is none. */
    synchronized long untilNextNs(long nowNs) {
        return size == 0 ? Long.MAX_VALUE : Math.max(0, at(0).dueNs() - nowNs);
    }

    synchronized int size() {
        return size;
    }

    private void siftUp(int from, LoopTimer timer) {
        assert Thread.holdsLock(this);
        var index = from;
        while (index > 0) {
            var parent = (index - 1) / 2;
            if (!timer.isBefore(at(parent))) {
                break;
            }
            put(index, at(parent));
            index = parent;
        }
        put(index, timer);
    }

    private void siftDown(int from, LoopTimer timer) {
        assert Thread.holdsLock(this);
        var index = from;
        while (2 * index + 1 < size) {
            var child = 2 * index + 1;
            if (child + 1 < size && at(child + 1).isBefore(at(child))) {
                child++;
            }
            if (!at(child).isBefore(timer)) {
                break;
            }
            put(index, at(child));
            index = child;
        }
        put(index, timer);
    }

    private void put(int index, LoopTimer timer) {
        timers[index] = timer;
        timer.isAt(index);
    }

    private LoopTimer at(int index) {
        return Objects.requireNonNull(timers[index], "the heap has a hole");
    }
}
