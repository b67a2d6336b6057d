package io.lingmq.routing;

import io.lingmq.event.DropReason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the messages that were not delivered, by reason.
 *
 * <p>Threading: under the socket's lock, but for {@link #countAnywhere}.
 */
public final class Drops {
    private static final DropReason[] REASONS = DropReason.values();

    private final long[] counts = new long[REASONS.length];
    private final AtomicLongArray countsOfOthers = new AtomicLongArray(REASONS.length);

    /** One more message was dropped. */
    public void count(DropReason reason) {
        counts[reason.ordinal()]++;
    }

    /** Some more messages were dropped. */
    public void count(DropReason reason, long messages) {
        counts[reason.ordinal()] += messages;
    }

    /** Some more messages were dropped; for who does not hold the socket's lock. Any thread. */
    public void countAnywhere(DropReason reason, long messages) {
        countsOfOthers.addAndGet(reason.ordinal(), messages);
    }

    /** The reasons that occurred, with their counts. */
    public Map<DropReason, Long> asMap() {
        var map = new EnumMap<DropReason, Long>(DropReason.class);
        for (var reason : REASONS) {
            var count = counts[reason.ordinal()] + countsOfOthers.get(reason.ordinal());
            if (count > 0) {
                map.put(reason, count);
            }
        }
        return map;
    }
}
