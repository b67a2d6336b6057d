package io.lingmq.request;

import io.lingmq.event.RequesterStatistics;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a requester counts.
 *
 * <p>Threading: any thread.
 */
final class RequestCounters {
    final LongAdder taken = new LongAdder();
    final LongAdder sent = new LongAdder();
    final LongAdder retried = new LongAdder();
    final LongAdder answered = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder cancelled = new LongAdder();
    final LongAdder closed = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder late = new LongAdder();
    final LongAdder unknown = new LongAdder();

    RequesterStatistics statistics(int inFlight) {
        return new RequesterStatistics(
                taken.sum(),
                sent.sum(),
                retried.sum(),
                answered.sum(),
                timedOut.sum(),
                cancelled.sum(),
                closed.sum(),
                refused.sum(),
                late.sum(),
                unknown.sum(),
                inFlight);
    }
}
