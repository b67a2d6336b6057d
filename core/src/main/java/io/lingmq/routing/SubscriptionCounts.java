package io.lingmq.routing;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A subscriber's own topic prefixes, counted: as many cancellations as subscriptions end one.
 *
 * <p>Threading: under the socket's lock.
 */
public final class SubscriptionCounts {
    private static final Object SELF = new Object();

    private final Subscriptions<Object> prefixes = new Subscriptions<>();
    private final Map<ByteBuffer, Integer> counts = new HashMap<>();

    /** Adds one subscription. */
    public void add(byte[] topic) {
        if (counts.merge(ByteBuffer.wrap(topic.clone()), 1, Integer::sum) == 1) {
            prefixes.add(topic, SELF);
        }
    }

    /** Takes one subscription back; true if it was the last one of its prefix, false if there is more or was none. */
    public boolean remove(byte[] topic) {
        var key = ByteBuffer.wrap(topic);
        var count = counts.get(key);
        if (count == null) {
            return false;
        }
        if (count > 1) {
            counts.put(ByteBuffer.wrap(topic.clone()), count - 1);
            return false;
        }
        counts.remove(key);
        prefixes.remove(topic, SELF);
        return true;
    }

    /** Whether any prefix matches the topic. */
    public boolean matches(byte[] topic) {
        return prefixes.matches(topic);
    }

    /** All prefixes, each once. */
    public List<byte[]> topics() {
        return prefixes.prefixes();
    }

    /** How many distinct prefixes there are. */
    public int size() {
        return prefixes.size();
    }
}
