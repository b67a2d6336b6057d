package io.lingmq.routing;

import io.lingmq.event.DropReason;
import java.util.EnumMap;
import java.util.Map;

/** Counts the messages that were not delivered, by reason. Threading: under the socket's lock. */
public final class Drops {
    private final long[] counts = new long[DropReason.values().length];

    /** One more message was dropped. */
    public void count(DropReason reason) {
        counts[reason.ordinal()]++;
    }

    /** Some more messages were dropped. */
    public void count(DropReason reason, long messages) {
        counts[reason.ordinal()] += messages;
    }

    /** The reasons that occurred, with their counts. */
    public Map<DropReason, Long> asMap() {
        var map = new EnumMap<DropReason, Long>(DropReason.class);
        for (var reason : DropReason.values()) {
            if (counts[reason.ordinal()] > 0) {
                map.put(reason, counts[reason.ordinal()]);
            }
        }
        return map;
    }
}
