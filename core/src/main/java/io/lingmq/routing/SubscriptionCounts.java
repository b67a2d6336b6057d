package io.lingmq.routing;

import java.util.List;

/**
 * A subscriber's own topic prefixes, counted: as many cancellations as subscriptions end one.
 *
 * <p>Threading: under the socket's lock.
 */
public final class SubscriptionCounts {
    private final RadixTree<Integer> counts = new RadixTree<>();

    /** Adds one subscription. */
    public void add(byte[] topic) {
        var before = counts.putIfAbsent(topic, 1);
        if (before != null) {
            counts.put(topic, before + 1);
        }
    }

    /** Takes one subscription back; true if it was the last one of its prefix, false if there is more or was none. */
    public boolean remove(byte[] topic) {
        var before = counts.find(topic);
        if (before == null) {
            return false;
        }
        if (before > 1) {
            counts.put(topic, before - 1);
            return false;
        }
        counts.remove(topic);
        return true;
    }

    /** Whether any prefix matches the topic, the first {@code size} bytes of an array. */
    public boolean matches(byte[] topic, int size) {
        return counts.hasPrefix(topic, size);
    }

    /** All prefixes, each once. */
    public List<byte[]> topics() {
        return counts.keys();
    }

    /** How many distinct prefixes there are. */
    public int size() {
        return counts.size();
    }
}
