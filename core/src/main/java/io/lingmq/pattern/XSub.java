package io.lingmq.pattern;

import io.lingmq.event.DropReason;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import io.lingmq.routing.FairQueue;
import io.lingmq.routing.Readiness;
import io.lingmq.routing.SendResult;
import io.lingmq.routing.SubscriptionCounts;
import io.lingmq.wire.Subscription;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * XSUB: subscribes by sending messages that begin with the octet 1 (subscribe) or 0 (cancel), and receives all that its
 * publishers send it. Any other message goes upstream to all publishers.
 *
 * <p>All subscriptions are told again to each publisher that comes, before anything else and beyond the high-water
 * mark, so that none is lost on reconnect. Differs from libzmq, which drops those beyond the mark.
 *
 * <p>Source: RFC 29/PUBSUB, "The XSUB Socket Type". Option: {@code ONLY_FIRST_SUBSCRIBE}.
 */
final class XSub implements Pattern, Subscribing {
    private final SubscriptionCounts subscriptions = new SubscriptionCounts();
    private final Set<Pipe> publishers = new LinkedHashSet<>();
    private final FairQueue incoming;
    private final Drops drops;
    private boolean onlyFirst;

    XSub(Drops drops) {
        incoming = new FairQueue(drops);
        this.drops = drops;
    }

    @Override
    public void settings(Settings settings) {
        onlyFirst = settings.get(Options.ONLY_FIRST_SUBSCRIBE);
    }

    @Override
    public void attach(Pipe pipe) {
        publishers.add(pipe);
        incoming.activate(pipe);
    }

    @Override
    public void opened(Pipe pipe) {
        for (var topic : subscriptions.topics()) {
            pipe.sendSubscription(new Subscription(true, topic));
        }
    }

    @Override
    public void detach(Pipe pipe) {
        publishers.remove(pipe);
        incoming.detach(pipe);
    }

    @Override
    public boolean readable(Pipe pipe) {
        incoming.activate(pipe);
        return true;
    }

    @Override
    public void writable(Pipe pipe) {}

    @Override
    public void subscribe(byte[] topic) {
        subscriptions.add(topic);
        tellPublishers(new Subscription(true, topic));
    }

    @Override
    public void unsubscribe(byte[] topic) {
        if (subscriptions.remove(topic)) {
            tellPublishers(new Subscription(false, topic));
        }
    }

    private void tellPublishers(Subscription subscription) {
        for (var pipe : publishers) {
            if (pipe.isOpen()) {
                pipe.sendSubscription(subscription);
            }
        }
    }

    @Override
    public SendResult send(Frames frames) {
        var message = frames.toMessage(); // what it subscribes to is kept
        var subscribed = false;
        for (var i = 0; i < (onlyFirst ? 1 : message.frameCount()); i++) {
            var subscription = Subscription.parse(message.sharedArray(i));
            if (subscription == null) {
                continue;
            }
            subscribed = true;
            if (subscription.subscribe()) {
                subscribe(subscription.topic());
            } else {
                unsubscribe(subscription.topic());
            }
        }
        return subscribed ? SendResult.SENT : sendUpstream(message);
    }

    private SendResult sendUpstream(Message message) {
        var result = SendResult.SENT;
        for (var pipe : publishers) {
            if (!pipe.send(message)) {
                drops.count(DropReason.PEER_FULL, pipe);
                result = SendResult.DROPPED;
            }
        }
        return result;
    }

    @Override
    public @Nullable Message receive() {
        return incoming.receive();
    }

    @Override
    public boolean canSend() {
        return true;
    }

    @Override
    public boolean receive(MessageBuffer into) {
        return incoming.receive(into);
    }

    @Override
    public Readiness readiness() {
        return incoming.readiness();
    }

    @Override
    public @Nullable Pipe source() {
        return incoming.source();
    }

    @Override
    public void handBack(Message message, @Nullable Pipe from) {
        incoming.handBack(message, from);
    }

    @Override
    public int topicCount() {
        return subscriptions.size();
    }

    /** Whether a subscription matches the message. */
    boolean wants(Frames message) {
        return subscriptions.matches(message.sharedArray(0), message.size(0));
    }
}
