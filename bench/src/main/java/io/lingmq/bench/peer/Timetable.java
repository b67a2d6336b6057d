package io.lingmq.bench.peer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * When each message of a stream is to leave. The times are absolute: a sender that is late sends at once and does not
 * put off what comes after. Else it would send less just when the library is slow, and would hide that.
 *
 * @param firstNs when the first one leaves, by {@link System#nanoTime}
 * @param rate messages a second
 */
record Timetable(long firstNs, int rate) {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    /** One that begins now. */
    static Timetable from(int rate) {
        return new Timetable(System.nanoTime(), rate);
    }

    /** When the message with that index, from 0, is to leave. */
    long dueNs(long index) {
        return firstNs + index * SECOND_NS / rate;
    }

    /** Sleeps until the message with that index is due, not at all if it is late; returns when it was due. */
    long await(long index) {
        var dueNs = dueNs(index);
        for (var leftNs = dueNs - System.nanoTime(); leftNs > 0; leftNs = dueNs - System.nanoTime()) {
            LockSupport.parkNanos(leftNs);
        }
        return dueNs;
    }
}
