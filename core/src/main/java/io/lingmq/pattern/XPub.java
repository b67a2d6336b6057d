package io.lingmq.pattern;

import io.lingmq.error.SocketStateException;
import io.lingmq.event.DropReason;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import io.lingmq.routing.FanOut;
import io.lingmq.routing.FanOut.Matching;
import io.lingmq.routing.FanOut.WhenFull;
import io.lingmq.routing.Readiness;
import io.lingmq.routing.SendResult;
import io.lingmq.routing.Subscriber;
import io.lingmq.wire.Subscription;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * XPUB: sends each message to all subscribers that want it, and lets the application receive the subscriptions.
 *
 * <p>By default a subscription is reported when it is the first of its topic, a cancellation when it was the last. How
 * much one peer can make it hold has limits, in {@link Subscriber} and {@link Reports}.
 *
 * <p>Source: RFC 29/PUBSUB, "The XPUB Socket Type". Options: {@code XPUB_VERBOSE}, {@code XPUB_VERBOSER},
 * {@code XPUB_MANUAL}, {@code XPUB_NO_DROP}, {@code XPUB_WELCOME_MESSAGE}, {@code INVERT_MATCHING},
 * {@code ONLY_FIRST_SUBSCRIBE}.
 */
final class XPub implements Pattern, Subscribing {
    /** A message can have more than a hundred thousand frames, and each may be a subscription. */
    static final int MOST_FRAMES_AT_ONCE = 1024;

    private final FanOut fanOut;
    private final boolean wantsReports;
    private final Drops drops;
    private final Reports reports;
    private final FirstMessage welcome;
    private final Departures departures;
    /** What is left of messages of more subscriptions than a budget's worth. */
    private final Map<Pipe, Rest> unfinished = new HashMap<>();
    /** What they say until they are gone counts no more. */
    private final Set<Pipe> refused = new HashSet<>();

    /** The frames of a message from one of them on. */
    private record Rest(Message message, int from) {}

    /** What its peers have made it do in this hold of the socket's lock. */
    private long spent;

    private boolean verbose;
    private boolean verboser;
    private boolean manual;
    private WhenFull whenFull = WhenFull.DROP;
    private Matching matching = Matching.DIRECT;
    private boolean onlyFirst;

    /** An XPUB; one that wants no reports keeps to itself what its peers send. */
    XPub(Drops drops, boolean wantsReports) {
        this.wantsReports = wantsReports;
        this.drops = drops;
        fanOut = new FanOut(drops);
        reports = new Reports(drops);
        welcome = new FirstMessage(drops);
        departures = new Departures(fanOut, new Cancellations());
    }

    @Override
    public void settings(Settings settings) {
        verboser = settings.get(Options.XPUB_VERBOSER);
        verbose = verboser || settings.get(Options.XPUB_VERBOSE);
        manual = settings.get(Options.XPUB_MANUAL);
        whenFull = settings.get(Options.XPUB_NO_DROP) ? WhenFull.WAIT : WhenFull.DROP;
        matching = settings.get(Options.INVERT_MATCHING) ? Matching.INVERTED : Matching.DIRECT;
        onlyFirst = settings.get(Options.ONLY_FIRST_SUBSCRIBE);
        welcome.welcome(settings);
    }

    @Override
    public void beginHold() {
        spent = 0;
    }

    @Override
    public boolean isBudgetSpent() {
        return spent >= Budget.OF_A_HOLD;
    }

    @Override
    public void attach(Pipe pipe) {
        fanOut.add(pipe);
        welcome.attached(pipe);
    }

    @Override
    public void opened(Pipe pipe) {
        welcome.opened(pipe);
    }

    @Override
    public void closed(Pipe pipe) {
        refused.remove(pipe);
        dropSubscriptions(pipe);
        pipe.keepUnreadApart(); // what the lost peer wanted is not what the next one wants
        fanOut.add(pipe);
    }

    @Override
    public void detach(Pipe pipe) {
        dropSubscriptions(pipe);
        refused.remove(pipe);
        welcome.detached(pipe);
        reports.forget(pipe);
    }

    private void dropSubscriptions(Pipe pipe) {
        unfinished.remove(pipe);
        fanOut.remove(pipe);
    }

    /** Takes a part of what peers held that are gone. */
    @Override
    public boolean tidyUp() {
        spent += Budget.COST_OF_LOOK + departures.goOn(isBudgetSpent() ? 0 : Budget.OF_A_HOLD);
        return departures.isEmpty();
    }

    /** Tells the application of what peers no longer want that are gone. */
    private final class Cancellations implements Departures.Listener {
        @Override
        public void cancelled(byte[] topic, int gone, boolean isLast) {
            var count = manual ? 0 : verboser ? gone : isLast ? 1 : 0;
            for (var i = 0; i < count; i++) {
                tell(topic);
            }
        }

        @Override
        public void asksNoMore(byte[] topic) {
            if (manual) {
                tell(topic);
            }
        }

        private void tell(byte[] topic) {
            if (wantsReports) {
                reports.add(new Subscription(false, topic).toMessage());
            }
        }
    }

    /** Takes what the pipe brought: subscriptions, and messages for the application. */
    @Override
    public boolean readable(Pipe pipe) {
        var rest = unfinished.remove(pipe);
        spent += Budget.COST_OF_LOOK;
        var end = spent + Budget.OF_A_HOLD;
        if (rest != null) {
            takeSubscriptions(pipe, rest.message, rest.from);
            spent = Math.max(spent, end); // a budget of its own
        }
        while (spent < end && (unfinished.isEmpty() || !unfinished.containsKey(pipe))) {
            var message = pipe.receive();
            if (message == null) {
                return rests(pipe);
            }
            take(pipe, message);
            spent += Budget.cost(message);
        }
        return false;
    }

    /** False if there is something after all, or may be. */
    private static boolean rests(Pipe pipe) {
        return (pipe.armReader() && !pipe.canReceive()) || !pipe.readable().disarm();
    }

    private void take(Pipe pipe, Message message) {
        if (refused.contains(pipe)) {
            return;
        }
        if (subscribes(message)) {
            if (!pipe.isFromFormerPeer()) {
                takeSubscriptions(pipe, message, 0);
            }
        } else if (wantsReports) {
            report(message, pipe);
        } else {
            drops.count(DropReason.NOT_A_SUBSCRIPTION, pipe);
        }
    }

    private boolean subscribes(Message message) {
        var found = false;
        for (var i = 0; i < framesThatCount(message) && !found; i++) {
            found = Subscription.isOne(message.sharedArray(i));
        }
        return found;
    }

    private int framesThatCount(Message message) {
        return onlyFirst ? 1 : message.frameCount();
    }

    /** Takes a budget's worth of frames; the rest waits for the next hold. */
    private void takeSubscriptions(Pipe pipe, Message message, int from) {
        var subscriber = fanOut.subscriber(pipe);
        if (subscriber == null) {
            return;
        }
        var end = framesThatCount(message);
        var budgetEnd = Math.min(end, from + MOST_FRAMES_AT_ONCE);
        var most = spent + Budget.OF_A_HOLD;
        var next = from;
        while (next < budgetEnd && spent < most && !refused.contains(pipe)) {
            var subscription = Subscription.parse(message.sharedArray(next++));
            if (subscription != null) {
                take(subscriber, subscription);
            }
        }
        if (next < end && !refused.contains(pipe)) {
            unfinished.put(pipe, new Rest(message, next));
        }
    }

    private void take(Subscriber subscriber, Subscription subscription) {
        var excess = subscription.subscribe() ? subscriber.whyNotOneMore(subscription.topic(), manual) : null;
        if (excess != null) {
            refuse(subscriber.pipe(), excess);
            return;
        }
        boolean news;
        if (manual) {
            spent += departures.settleAskedFor(subscription.topic());
            var unused = subscriber.asks(subscription.topic(), subscription.subscribe());
            news = true;
        } else {
            spent += departures.settle(subscription.topic());
            news = subscription.subscribe()
                    ? fanOut.subscribe(subscriber, subscription.topic()) || verbose
                    : fanOut.cancel(subscriber, subscription.topic()) || verboser;
        }
        if (news && wantsReports) {
            report(subscription.toMessage(), subscriber.pipe());
        }
    }

    private void report(Message message, Pipe about) {
        var excess = reports.add(message, about);
        if (excess != null && !about.isFromFormerPeer()) {
            refuse(about, excess);
        }
    }

    private void refuse(Pipe pipe, String reason) {
        if (refused.add(pipe)) {
            pipe.refuse(reason);
        }
    }

    @Override
    public void subscribe(byte[] topic) {
        var subscriber = lastSubscriber();
        if (subscriber != null) {
            var unused = departures.makeRoom();
            fanOut.subscribe(subscriber, topic);
        }
    }

    @Override
    public void unsubscribe(byte[] topic) {
        var subscriber = lastSubscriber();
        if (subscriber != null) {
            fanOut.cancel(subscriber, topic);
        }
    }

    private @Nullable Subscriber lastSubscriber() {
        if (!manual) {
            throw new SocketStateException("an XPUB socket subscribes on a peer's behalf only with XPUB_MANUAL set");
        }
        var latest = reports.latest();
        return latest == null ? null : fanOut.subscriber(latest);
    }

    @Override
    public void writable(Pipe pipe) {
        fanOut.onRoom(pipe);
    }

    @Override
    public SendResult send(Frames message) {
        return fanOut.send(message, matching, whenFull);
    }

    @Override
    public @Nullable Message receive() {
        return reports.poll();
    }

    @Override
    public boolean canSend() {
        return whenFull == WhenFull.DROP || fanOut.nothingRests();
    }

    @Override
    public Readiness readiness() {
        return reports.isEmpty() ? Readiness.NOT_READY : Readiness.READY;
    }

    @Override
    public @Nullable Pipe source() {
        return reports.latest();
    }

    @Override
    public void handBack(Message message, @Nullable Pipe from) {
        reports.handBack(message, from);
    }

    @Override
    public boolean sendsSelectively() {
        return true;
    }

    @Override
    public boolean isEager() {
        return true;
    }

    @Override
    public int subscriberCount() {
        return fanOut.subscriberCount();
    }

    @Override
    public int topicCount() {
        return fanOut.topicCount();
    }
}
