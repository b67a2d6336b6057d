package io.lingmq.request;

import io.lingmq.event.ReplierStatistics;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a replier counts.
 *
 * <p>Threading: any thread.
 */
final class ReplyCounters {
    final LongAdder received = new LongAdder();
    final LongAdder answered = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder unanswered = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final AtomicInteger inHand = new AtomicInteger();

    ReplierStatistics statistics() {
        return new ReplierStatistics(
                received.sum(),
                answered.sum(),
                failed.sum(),
                rejected.sum(),
                unanswered.sum(),
                malformed.sum(),
                inHand.get());
    }
}
