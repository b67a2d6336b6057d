package io.lingmq.pattern;

import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import org.jspecify.annotations.Nullable;

/**
 * SUB: receives the messages whose first frame begins with a topic it subscribed to.
 *
 * <p>Publishers filter already; what they sent before a cancellation reached them is filtered here.
 *
 * <p>Source: RFC 29/PUBSUB, "The SUB Socket Type". Option: {@code INVERT_MATCHING}.
 */
final class Sub implements NoSending, Subscribing {
    private final XSub traffic = new XSub();
    private final Drops drops;
    private boolean inverted;
    private @Nullable Message next;

    Sub(Drops drops) {
        this.drops = drops;
    }

    @Override
    public void settings(Settings settings) {
        inverted = settings.get(Options.INVERT_MATCHING);
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
    public void readable(Pipe pipe) {
        traffic.readable(pipe);
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
        if (found != null) {
            next = null;
            into.clear().addAll(found);
            return true;
        }
        while (traffic.receive(into)) {
            if (traffic.wants(into) != inverted) {
                return true;
            }
            drops.count(DropReason.NOT_SUBSCRIBED);
        }
        into.clear();
        return false;
    }

    @Override
    public boolean canReceive() {
        do {
            if (findWanted()) {
                return true;
            }
        } while (traffic.canReceive());
        return false;
    }

    private boolean findWanted() {
        while (next == null) {
            var message = traffic.receive();
            if (message == null) {
                return false;
            }
            if (traffic.wants(message) != inverted) {
                next = message;
            } else {
                drops.count(DropReason.NOT_SUBSCRIBED);
            }
        }
        return true;
    }

    @Override
    public int topicCount() {
        return traffic.topicCount();
    }
}
