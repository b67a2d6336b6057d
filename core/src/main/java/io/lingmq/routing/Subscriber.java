package io.lingmq.routing;

import io.lingmq.pipe.Pipe;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One peer of a publisher: its pipe and the topic prefixes it holds. Threading: under the socket's lock. */
public final class Subscriber {
    private final Pipe pipe;
    private final Set<Topic> topics = new HashSet<>();
    private final Set<Topic> askedFor = new HashSet<>();
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
        return topics.add(new Topic(topic.clone()));
    }

    /** Forgets a topic; false if it was not noted. */
    public boolean forget(byte[] topic) {
        return topics.remove(new Topic(topic));
    }

    /** Notes that the peer asked for a topic, or no longer does, where it is not what it asks for that applies. */
    public void asks(byte[] topic, boolean wanted) {
        if (wanted) {
            askedFor.add(new Topic(topic.clone()));
        } else {
            askedFor.remove(new Topic(topic));
        }
    }

    /** All topics that the peer asked for where it is not what it asks for that applies. */
    public List<byte[]> askedFor() {
        return askedFor.stream().map(Topic::toBytes).toList();
    }

    /** All noted topics. */
    public List<byte[]> topics() {
        return topics.stream().map(Topic::toBytes).toList();
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
