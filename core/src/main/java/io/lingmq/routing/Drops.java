package io.lingmq.routing;

import io.lingmq.event.DropReason;
import io.lingmq.pipe.Pipe;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts the messages that were not delivered, by reason; and for each peer, where it is known.
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

    /** One more message was dropped that came from this peer or was for it; null where the peer is not known. */
    public void count(DropReason reason, @Nullable Pipe peer) {
        count(reason, peer, 1);
    }

    /** As {@link #count(DropReason, Pipe)}, of some messages. */
    public void count(DropReason reason, @Nullable Pipe peer, long messages) {
        count(reason, messages);
        if (peer != null && messages > 0) {
            peer.peerRecord().dropped(reason, messages);
        }
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
