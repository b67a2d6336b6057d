package io.lingmq.reactor;

import io.lingmq.guard.Guard;
import io.lingmq.time.NanoTime;
import java.util.PriorityQueue;

/**
 * The timers of a reactor that are set, the one that is due first in front. Cancelled ones stay until they are due, or
 * until they are most of all: so to cancel one needs no memory and cannot fail, also where that is what everything else
 * fails for.
 *
 * <p>Threading: the reactor's thread.
 */
final class Timers {
    private static final int MOST_CANCELLED = 256;

    private final PriorityQueue<Timer> queue = new PriorityQueue<>();
    private int cancelled;

    void add(Timer timer) {
        queue.add(timer);
    }

    /** One that is in the queue has been cancelled. */
    void cancelled() {
        cancelled++;
    }

    /** Runs what is due at the given time and returns how long it is until the next, or {@code Long.MAX_VALUE}. */
    long fire(long nowNs) {
        forgetCancelled();
        Timer next;
        while ((next = queue.peek()) != null) {
            if (!next.isCancelled() && NanoTime.isBefore(nowNs, next.dueNs())) {
                return next.dueNs() - nowNs;
            }
            queue.poll();
            var task = next.take();
            if (task == null) {
                cancelled--;
            } else {
                Guard.run("a timer of an I/O thread", task);
            }
        }
        return Long.MAX_VALUE;
    }

    private void forgetCancelled() {
        if (cancelled > MOST_CANCELLED && cancelled > queue.size() / 2) {
            queue.removeIf(Timer::isCancelled);
            cancelled = 0;
        }
    }

    /** How many there are, with those that were cancelled and not forgotten yet. */
    int size() {
        return queue.size();
    }
}
