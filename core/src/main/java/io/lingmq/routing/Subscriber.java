package io.lingmq.routing;

import io.lingmq.pipe.Pipe;
import org.jspecify.annotations.Nullable;

/** One peer of a publisher: its pipe and the topic prefixes it holds. Threading: under the socket's lock. */
public final class Subscriber {
    /** So many topics may a peer hold. */
    public static final int MOST_TOPICS = 1_000_000;
    /** So many bytes may they have. */
    public static final long MOST_BYTES = 64L << 20;

    private final Pipe pipe;
    private final TopicSet topics = new TopicSet();
    private final TopicSet askedFor = new TopicSet();
    private long lastMatch;
    private boolean hasLeft;

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
        return topics.add(topic);
    }

    /** Forgets a topic; false if it was not noted. */
    public boolean forget(byte[] topic) {
        return topics.remove(topic);
    }

    /**
     * Notes that the peer asked for a topic, or no longer does, where it is not what it asks for that applies; false if
     * that is nothing new.
     */
    public boolean asks(byte[] topic, boolean wanted) {
        return wanted ? askedFor.add(topic) : askedFor.remove(topic);
    }

    /**
     * Why the peer may not ask for one more topic, or null if it may: it has asked for {@value #MOST_TOPICS}, or for
     * topics of 64 MiB together, and each is held for as long as the peer is there.
     */
    public @Nullable String whyNotOneMore(byte[] topic, boolean isOnlyAskedFor) {
        var held = isOnlyAskedFor ? askedFor : topics;
        if ((held.size() < MOST_TOPICS && held.bytes() + topic.length <= MOST_BYTES) || held.contains(topic)) {
            return null;
        }
        return "the peer holds " + held.size() + " subscriptions of " + held.bytes() + " bytes and wants one of "
                + topic.length + " more; the limit is " + MOST_TOPICS + ", or " + MOST_BYTES + " bytes";
    }

    /** One of the topics that the peer asked for where it is not what it asks for that applies; null if none. */
    public byte @Nullable [] anyAskedFor() {
        return askedFor.any();
    }

    /** One of the noted topics, or null if there are none. */
    public byte @Nullable [] anyTopic() {
        return topics.any();
    }

    boolean holdsTopics() {
        return topics.size() > 0;
    }

    boolean holdsNothing() {
        return topics.size() == 0 && askedFor.size() == 0;
    }

    /** The peer is gone: it gets nothing more, whatever it still holds. */
    void leave() {
        hasLeft = true;
    }

    /** Whether the peer is gone, and its topics are only still to be taken out. */
    boolean hasLeft() {
        return hasLeft;
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
