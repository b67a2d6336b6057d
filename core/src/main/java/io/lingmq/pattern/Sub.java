package io.lingmq.pattern;

import io.lingmq.event.DropReason;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import io.lingmq.routing.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * SUB: receives the messages whose first frame begins with a topic it subscribed to.
 *
 * <p>Publishers filter already; what they sent before a cancellation reached them is filtered here.
 *
 * <p>Source: RFC 29/PUBSUB, "The SUB Socket Type". Option: {@code INVERT_MATCHING}.
 */
final class Sub implements NoSending, Subscribing {
    private final XSub traffic;
    private final Drops drops;
    private boolean inverted;
    private @Nullable Message next;
    private @Nullable Pipe nextFrom;

    Sub(Drops drops) {
        this.drops = drops;
        traffic = new XSub(drops);
    }

    @Override
    public void settings(Settings settings) {
        inverted = settings.get(Options.INVERT_MATCHING);
        traffic.settings(settings);
    }

    @Override
    public void attach(Pipe pipe) {
        traffic.attach(pipe);
    }

    @Override
    public void opened(Pipe pipe) {
        traffic.opened(pipe);
    }

    @Override
    public void detach(Pipe pipe) {
        traffic.detach(pipe);
    }

    @Override
    public boolean readable(Pipe pipe) {
        return traffic.readable(pipe);
    }

    @Override
    public void subscribe(byte[] topic) {
        traffic.subscribe(topic);
    }

    @Override
    public void unsubscribe(byte[] topic) {
        traffic.unsubscribe(topic);
    }

    @Override
    public @Nullable Message receive() {
        if (!findWanted()) {
            return null;
        }
        var found = next;
        next = null;
        return found;
    }

    @Override
    public boolean receive(MessageBuffer into) {
        var found = next;
        if (holdsNext() && found != null) {
            next = null;
            into.clear().addAll(found);
            return true;
        }
        for (var left = Budget.OF_A_HOLD; left > 0 && traffic.receive(into); left -= Budget.cost(into)) {
            if (isWanted(into)) {
                return true;
            }
        }
        into.clear();
        return false;
    }

    @Override
    public Readiness readiness() {
        if (findWanted()) {
            return Readiness.READY;
        }
        return traffic.readiness() == Readiness.NOT_READY ? Readiness.NOT_READY : Readiness.LOOK_AGAIN;
    }

    /** False if there is none, or if the budget was spent in vain. */
    private boolean findWanted() {
        var left = Budget.OF_A_HOLD;
        while (!holdsNext() && left > 0) {
            var message = traffic.receive();
            if (message == null) {
                return false;
            }
            next = isWanted(message) ? message : null;
            nextFrom = traffic.source();
            left -= Budget.cost(message);
        }
        return holdsNext();
    }

    /** Whether one was taken out and not received. Where the peer is no longer wanted, nor is its message. */
    private boolean holdsNext() {
        var from = nextFrom;
        if (next != null && from != null && from.isDiscarded()) {
            next = null;
            drops.count(DropReason.UNREAD, from);
        }
        return next != null;
    }

    private boolean isWanted(Frames message) {
        var wanted = traffic.wants(message) != inverted;
        if (!wanted) {
            drops.count(DropReason.NOT_SUBSCRIBED, traffic.source());
        }
        return wanted;
    }

    @Override
    public @Nullable Pipe source() {
        return traffic.source();
    }

    /** It is looked at again: it may have been unsubscribed meanwhile. */
    @Override
    public void handBack(Message message, @Nullable Pipe from) {
        var found = next;
        if (found != null) {
            next = null;
            traffic.handBack(found, nextFrom); // which comes behind it
        }
        traffic.handBack(message, from);
    }

    @Override
    public int topicCount() {
        return traffic.topicCount();
    }
}
