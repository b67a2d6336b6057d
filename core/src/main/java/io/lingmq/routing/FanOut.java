package io.lingmq.routing;

import io.lingmq.event.DropReason;
import io.lingmq.message.Frames;
import io.lingmq.pipe.Pipe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends a message to every subscriber that wants it.
 *
 * <p>A subscriber at its high-water mark misses the message, unless nothing may be dropped: then either all that want
 * it get it or none does.
 *
 * <p>Threading: under the socket's lock. Source: RFC 29/PUBSUB, "PUB".
 */
public final class FanOut {
    private final Map<Pipe, Subscriber> subscribers = new HashMap<>();
    private final Subscriptions<Subscriber> subscriptions = new Subscriptions<>();
    private final List<Subscriber> matching = new ArrayList<>();
    private final Subscriptions.Matches<Subscriber> matched = this::noteMatch;
    private final Drops drops;
    private final Set<Pipe> resting = new HashSet<>();
    private long messageNumber;

    /** A fan-out to nobody yet. */
    public FanOut(Drops drops) {
        this.drops = drops;
    }

    /** A peer has come; it holds no subscriptions yet. */
    public void add(Pipe pipe) {
        subscribers.put(pipe, new Subscriber(pipe));
    }

    /** A peer is gone; returns the prefixes that nobody holds now. */
    public List<byte[]> remove(Pipe pipe) {
        resting.remove(pipe);
        var subscriber = subscribers.remove(pipe);
        return subscriber == null ? List.of() : subscriptions.removeAll(subscriber.topics(), subscriber);
    }

    /** The subscriber at the other end of a pipe, or null if it is gone. */
    public @Nullable Subscriber subscriber(Pipe pipe) {
        return subscribers.get(pipe);
    }

    /** All subscribers. */
    public Collection<Subscriber> subscribers() {
        return subscribers.values();
    }

    /** A subscriber wants a prefix; true if it is the first to want it. */
    public boolean subscribe(Subscriber subscriber, byte[] topic) {
        subscriber.note(topic);
        return subscriptions.add(topic, subscriber);
    }

    /** A subscriber no longer wants a prefix; true if nobody wants it now. */
    public boolean cancel(Subscriber subscriber, byte[] topic) {
        subscriber.forget(topic);
        return subscriptions.remove(topic, subscriber);
    }

    /** How many distinct prefixes are held. */
    public int topicCount() {
        return subscriptions.size();
    }

    /**
     * Sends to all that want the message, or, inverted, to all that do not. With {@code noDrop} false is returned, and
     * nothing sent, while one of them is full.
     */
    public boolean send(Frames message, boolean inverted, boolean noDrop) {
        findMatching(message, inverted);
        if (noDrop && !allHaveRoom()) {
            return false;
        }
        for (var i = 0; i < matching.size(); i++) {
            if (!matching.get(i).pipe().send(message)) {
                drops.count(DropReason.SUBSCRIBER_FULL);
            }
        }
        return true;
    }

    /** Whether no pipe is known to be full. */
    public boolean nothingRests() {
        return resting.isEmpty();
    }

    /** A full pipe has room again. */
    public void onRoom(Pipe pipe) {
        resting.remove(pipe);
    }

    private void findMatching(Frames message, boolean inverted) {
        messageNumber++;
        matching.clear();
        subscriptions.match(message.array(0), message.size(0), matched);
        if (inverted) {
            matching.clear();
            for (var subscriber : subscribers.values()) {
                noteMatch(subscriber);
            }
        }
    }

    private void noteMatch(Subscriber subscriber) {
        if (subscriber.isFirstMatch(messageNumber)) {
            matching.add(subscriber);
        }
    }

    private boolean allHaveRoom() {
        var room = true;
        for (var i = 0; i < matching.size(); i++) {
            var pipe = matching.get(i).pipe();
            if (!pipe.canSend()) {
                room &= !letRest(pipe);
            }
        }
        return room;
    }

    /** Asks a full pipe to ring; false if it has room after all. */
    private boolean letRest(Pipe pipe) {
        pipe.writable().rest();
        if (pipe.canSend() && pipe.writable().riseAgain()) {
            return false;
        }
        resting.add(pipe);
        return true;
    }
}
