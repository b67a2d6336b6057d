package io.lingmq.routing;

import org.jspecify.annotations.Nullable;

/** Topic prefixes, and how much they take. Threading: under the socket's lock. */
final class TopicSet {
    private final RadixTree<Boolean> topics = new RadixTree<>();
    private long bytes;

    /** Adds a topic; false if it is there already. */
    boolean add(byte[] topic) {
        var isNew = topics.put(topic, true) == null;
        bytes += isNew ? topic.length : 0;
        return isNew;
    }

    /** Removes a topic; false if it was not there. */
    boolean remove(byte[] topic) {
        var wasThere = topics.remove(topic) != null;
        bytes -= wasThere ? topic.length : 0;
        return wasThere;
    }

    boolean contains(byte[] topic) {
        return topics.find(topic) != null;
    }

    int size() {
        return topics.size();
    }

    /** How many bytes the topics have together. */
    long bytes() {
        return bytes;
    }

    /** One of them, or null if there are none. */
    byte @Nullable [] any() {
        return topics.anyKey();
    }
}
