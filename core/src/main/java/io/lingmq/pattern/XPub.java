package io.lingmq.pattern;

import io.lingmq.error.SocketStateException;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import io.lingmq.routing.FanOut;
import io.lingmq.routing.Subscriber;
import io.lingmq.wire.Subscription;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * XPUB: sends each message to all subscribers that want it, and lets the application receive the subscriptions.
 *
 * <p>By default a subscription is reported when it is the first of its topic, a cancellation when it was the last.
 *
 * <p>Source: RFC 29/PUBSUB, "The XPUB Socket Type". Options: {@code XPUB_VERBOSE}, {@code XPUB_VERBOSER},
 * {@code XPUB_MANUAL}, {@code XPUB_NO_DROP}, {@code XPUB_WELCOME_MESSAGE}, {@code INVERT_MATCHING},
 * {@code ONLY_FIRST_SUBSCRIBE}.
 */
final class XPub implements Pattern, Subscribing {
    /** What the application will receive, and the pipe that it is about. */
    private record Report(Message message, @Nullable Pipe pipe) {}

    private final FanOut fanOut;
    private final boolean wantsReports;
    private final ArrayDeque<Report> reports = new ArrayDeque<>();
    private @Nullable Pipe lastReported;
    private boolean verbose;
    private boolean verboser;
    private boolean manual;
    private boolean noDrop;
    private boolean inverted;
    private boolean onlyFirst;
    private byte[] welcome = new byte[0];

    /** An XPUB; one that wants no reports keeps to itself what its peers send. */
    XPub(Drops drops, boolean wantsReports) {
        this.wantsReports = wantsReports;
        fanOut = new FanOut(drops);
    }

    @Override
    public void settings(Settings settings) {
        verboser = settings.get(Options.XPUB_VERBOSER);
        verbose = verboser || settings.get(Options.XPUB_VERBOSE);
        manual = settings.get(Options.XPUB_MANUAL);
        noDrop = settings.get(Options.XPUB_NO_DROP);
        inverted = settings.get(Options.INVERT_MATCHING);
        onlyFirst = settings.get(Options.ONLY_FIRST_SUBSCRIBE);
        welcome = settings.get(Options.XPUB_WELCOME_MESSAGE);
    }

    @Override
    public void attach(Pipe pipe) {
        fanOut.add(pipe);
        if (welcome.length > 0) {
            pipe.send(Message.of(welcome));
        }
        readable(pipe);
    }

    @Override
    public void closed(Pipe pipe) {
        dropSubscriptions(pipe);
        fanOut.add(pipe);
    }

    @Override
    public void detach(Pipe pipe) {
        dropSubscriptions(pipe);
        if (lastReported == pipe) {
            lastReported = null;
        }
    }

    private void dropSubscriptions(Pipe pipe) {
        var subscriber = fanOut.subscriber(pipe);
        var orphaned = fanOut.remove(pipe);
        if (subscriber == null || !wantsReports) {
            return;
        }
        for (var topic : manual ? subscriber.askedFor() : verboser ? subscriber.topics() : orphaned) {
            report(new Subscription(false, topic).toMessage(), null);
        }
    }

    /** Takes all that the pipe brought: subscriptions, and messages for the application. */
    @Override
    public void readable(Pipe pipe) {
        do {
            Message message;
            while ((message = pipe.receive()) != null) {
                take(pipe, message);
            }
        } while ((!pipe.letReaderRest() || pipe.canReceive()) && pipe.readable().riseAgain());
    }

    private void take(Pipe pipe, Message message) {
        var subscriber = fanOut.subscriber(pipe);
        var subscribed = false;
        for (var i = 0; i < (onlyFirst ? 1 : message.frameCount()); i++) {
            var subscription = Subscription.parse(message.array(i));
            if (subscription != null) {
                subscribed = true;
                if (subscriber != null) {
                    take(subscriber, subscription);
                }
            }
        }
        if (!subscribed && wantsReports) {
            report(message, pipe);
        }
    }

    private void take(Subscriber subscriber, Subscription subscription) {
        boolean news;
        if (manual) {
            subscriber.asks(subscription.topic(), subscription.subscribe());
            news = true;
        } else if (subscription.subscribe()) {
            news = fanOut.subscribe(subscriber, subscription.topic()) || verbose;
        } else {
            news = fanOut.cancel(subscriber, subscription.topic()) || verboser;
        }
        if (news && wantsReports) {
            report(subscription.toMessage(), subscriber.pipe());
        }
    }

    private void report(Message message, @Nullable Pipe about) {
        reports.addLast(new Report(message, about));
    }

    @Override
    public void subscribe(byte[] topic) {
        var subscriber = lastSubscriber();
        if (subscriber != null) {
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
        return lastReported == null ? null : fanOut.subscriber(lastReported);
    }

    @Override
    public void writable(Pipe pipe) {
        fanOut.onRoom(pipe);
    }

    @Override
    public boolean send(Frames message) {
        return fanOut.send(message, inverted, noDrop);
    }

    @Override
    public @Nullable Message receive() {
        var report = reports.pollFirst();
        if (report == null) {
            return null;
        }
        lastReported = report.pipe();
        return report.message();
    }

    @Override
    public boolean canSend() {
        return !noDrop || fanOut.nothingRests();
    }

    @Override
    public boolean canReceive() {
        return !reports.isEmpty();
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
    public int topicCount() {
        return fanOut.topicCount();
    }
}
