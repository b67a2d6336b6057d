package io.lingmq.simulation;

import io.lingmq.time.Ticker;
import java.util.PriorityQueue;

/** A clock that jumps from one event to the next. Events of the same moment come in the order of their making. */
final class VirtualTime implements Ticker {
    /** Something that happens at its time, unless it is cancelled. */
    static final class Event implements Comparable<Event> {
        private final long atNs;
        private final long number;
        private final Runnable what;
        private boolean cancelled;

        private Event(long atNs, long number, Runnable what) {
            this.atNs = atNs;
            this.number = number;
            this.what = what;
        }

        void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Event other) {
            return atNs != other.atNs ? Long.compare(atNs, other.atNs) : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nowNs;
    private long made;

    @Override
    public long nowNs() {
        return nowNs;
    }

    /** Lets something happen at a point in time, or now if that has passed. */
    Event at(long atNs, Runnable what) {
        var event = new Event(Math.max(atNs, nowNs), made++, what);
        events.add(event);
        return event;
    }

    /** Work takes a while. */
    void pass(long ns) {
        nowNs += ns;
    }

    /** The next event that is due, or null. */
    Runnable due() {
        dropCancelled();
        var next = events.peek();
        return next == null || next.atNs > nowNs ? null : events.poll().what;
    }

    /** Goes on to the next event, but no further than the given time; false if that comes first. */
    boolean jump(long limitNs) {
        dropCancelled();
        var next = events.peek();
        if (next == null || next.atNs > limitNs) {
            nowNs = Math.max(nowNs, limitNs);
            return false;
        }
        nowNs = Math.max(nowNs, next.atNs);
        return true;
    }

    private void dropCancelled() {
        while (!events.isEmpty() && events.peek().cancelled) {
            events.poll();
        }
    }

    int size() {
        return events.size();
    }
}
