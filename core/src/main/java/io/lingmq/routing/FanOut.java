package io.lingmq.routing;

import io.lingmq.event.DropReason;
import io.lingmq.message.Frames;
import io.lingmq.pipe.Pipe;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
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
    private final Audience audience = new Audience();
    private final Broadcasting broadcasting = new Broadcasting();
    /** Gone, and still among the holders of some prefixes. */
    private final ArrayDeque<Subscriber> leaving = new ArrayDeque<>();

    /** How many of those that are there hold a prefix. */
    private int holders;

    private final Drops drops;
    private final Set<Pipe> resting = new HashSet<>();

    /** Who wants a message. */
    public enum Matching {
        /** Those with a subscription that matches. */
        DIRECT,
        /** Those without one. */
        INVERTED
    }

    /** What becomes of a message that a subscriber has no room for. */
    public enum WhenFull {
        /** That subscriber misses it. */
        DROP,
        /** It waits, and so do all others. */
        WAIT
    }

    /** A fan-out to nobody yet. */
    public FanOut(Drops drops) {
        this.drops = drops;
    }

    /** A peer has come; it holds no subscriptions yet. */
    public void add(Pipe pipe) {
        subscribers.put(pipe, new Subscriber(pipe));
    }

    /** A peer is gone: it gets nothing from now on. What it holds is to be {@linkplain #takeOut taken out} yet. */
    public void remove(Pipe pipe) {
        broadcasting.end();
        audience.clear();
        resting.remove(pipe);
        var subscriber = subscribers.remove(pipe);
        if (subscriber != null) {
            holders -= subscriber.holdsTopics() ? 1 : 0;
            subscriptions.addsNoMore(subscriber);
            if (!subscriber.holdsNothing()) {
                subscriber.leave();
                leaving.addLast(subscriber);
            }
        }
    }

    /** Those that are gone and of whom there may be something to take out, in the order in which they went. */
    public Iterable<Subscriber> leaving() {
        return leaving;
    }

    /** The first of those that are gone and hold something still; null if there are none. */
    public @Nullable Subscriber firstLeaving() {
        Subscriber first;
        while ((first = leaving.peekFirst()) != null && first.holdsNothing()) {
            leaving.removeFirst();
        }
        return first;
    }

    /** All that are gone no longer hold the prefix; returns how many held it, and how many others do. */
    public TakenOut takeOut(byte[] topic) {
        var gone = subscriptions.removeIf(topic, Subscriber::hasLeft);
        gone.forEach(subscriber -> subscriber.forget(topic));
        return new TakenOut(gone.size(), subscriptions.holders(topic));
    }

    /** How many that are gone held a prefix until now, and how many hold it who are there. */
    public record TakenOut(int gone, int left) {}

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
        var isFirst = !subscriber.holdsTopics();
        subscriber.note(topic);
        holders += isFirst ? 1 : 0;
        return subscriptions.add(topic, subscriber);
    }

    /** A subscriber no longer wants a prefix; true if nobody wants it now. */
    public boolean cancel(Subscriber subscriber, byte[] topic) {
        holders -= subscriber.forget(topic) && !subscriber.holdsTopics() ? 1 : 0;
        return subscriptions.remove(topic, subscriber);
    }

    /** How many subscribers hold at least one prefix. */
    public int subscriberCount() {
        return holders;
    }

    /** How many distinct prefixes are held. */
    public int topicCount() {
        return subscriptions.size();
    }

    /** Sends to all that want the message. With {@link WhenFull#WAIT} nothing is sent while one of them is full. */
    public SendResult send(Frames message, Matching matching, WhenFull whenFull) {
        find(message, matching);
        if (audience.who().isEmpty()) {
            return SendResult.SENT;
        }
        var broadcast = broadcasting.to(audience);
        if (whenFull == WhenFull.WAIT && !(broadcast != null && broadcast.allHaveRoom()) && !allHaveRoom()) {
            return SendResult.SUBSCRIBER_FULL;
        }
        var missed = broadcast == null ? sendSingly(message) : broadcast.send(message);
        if (missed > 0) {
            drops.count(DropReason.SUBSCRIBER_FULL, missed);
            return SendResult.DROPPED;
        }
        return SendResult.SENT;
    }

    /** Returns how many have no room for it. */
    private int sendSingly(Frames message) {
        var missed = 0;
        var who = audience.who();
        for (var i = 0; i < who.size(); i++) {
            var pipe = who.get(i).pipe();
            if (!pipe.send(message)) {
                pipe.peerRecord().dropped(DropReason.SUBSCRIBER_FULL, 1);
                missed++;
            }
        }
        return missed;
    }

    /** Whether no pipe is known to be full. */
    public boolean nothingRests() {
        return resting.isEmpty();
    }

    /** A full pipe has room again. */
    public void onRoom(Pipe pipe) {
        resting.remove(pipe);
    }

    private void find(Frames message, Matching matching) {
        audience.clear();
        subscriptions.match(message.sharedArray(0), message.size(0), audience);
        if (!leaving.isEmpty()) {
            audience.dropThoseWhoLeft();
        }
        if (matching == Matching.INVERTED) {
            audience.invert(subscribers.values());
        }
    }

    private boolean allHaveRoom() {
        var room = true;
        var who = audience.who();
        for (var i = 0; i < who.size(); i++) {
            var pipe = who.get(i).pipe();
            if (!pipe.canSend()) {
                room &= !letRest(pipe);
            }
        }
        return room;
    }

    /** Asks a full pipe to ring; false if it has room after all, which others who wait for it hear from the bell. */
    private boolean letRest(Pipe pipe) {
        pipe.writable().arm();
        if (pipe.canSend()) {
            return false;
        }
        resting.add(pipe);
        return true;
    }
}
