package io.lingmq.routing;

import io.lingmq.pipe.Pipe;
import java.util.List;

/** One peer of a publisher: its pipe and the topic prefixes it holds. Threading: under the socket's lock. */
public final class Subscriber {
    private final Pipe pipe;
    private final RadixTree<Boolean> topics = new RadixTree<>();
    private final RadixTree<Boolean> askedFor = new RadixTree<>();
    private long lastMatch;

    /** A subscriber that holds nothing yet. */
    public Subscriber(Pipe pipe) {
        this.pipe = pipe;
    }

    /** The pipe to it. */
    public Pipe pipe() {
        return pipe;
    }

    /** Notes a topic; false if it was noted already. */
    public boolean note(byte[] topic) {
        return topics.put(topic, true) == null;
    }

    /** Forgets a topic; false if it was not noted. */
    public boolean forget(byte[] topic) {
        return topics.remove(topic) != null;
    }

    /** Notes that the peer asked for a topic, or no longer does, where it is not what it asks for that applies. */
    public void asks(byte[] topic, boolean wanted) {
        if (wanted) {
            askedFor.put(topic, true);
        } else {
            askedFor.remove(topic);
        }
    }

    /** All topics that the peer asked for where it is not what it asks for that applies. */
    public List<byte[]> askedFor() {
        return askedFor.keys();
    }

    /** All noted topics. */
    public List<byte[]> topics() {
        return topics.keys();
    }

    /** True the first time it is asked for a given message, so that a peer gets a message only once. */
    boolean isFirstMatch(long messageNumber) {
        if (lastMatch == messageNumber) {
            return false;
        }
        lastMatch = messageNumber;
        return true;
    }
}
