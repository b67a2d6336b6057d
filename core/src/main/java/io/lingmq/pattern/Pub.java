package io.lingmq.pattern;

import io.lingmq.message.Frames;
import io.lingmq.option.Settings;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import io.lingmq.routing.SendResult;

/**
 * PUB: sends each message to all subscribers that want it, and never waits; a subscriber that is full misses it.
 *
 * <p>It is an XPUB that keeps the subscriptions to itself.
 *
 * <p>Source: RFC 29/PUBSUB, "The PUB Socket Type".
 */
final class Pub implements NoReceiving {
    private final XPub traffic;

    Pub(Drops drops) {
        traffic = new XPub(drops, false);
    }

    @Override
    public void settings(Settings settings) {
        traffic.settings(settings);
    }

    @Override
    public void beginHold() {
        traffic.beginHold();
    }

    @Override
    public boolean isBudgetSpent() {
        return traffic.isBudgetSpent();
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
    public void closed(Pipe pipe) {
        traffic.closed(pipe);
    }

    @Override
    public void detach(Pipe pipe) {
        traffic.detach(pipe);
    }

    @Override
    public boolean tidyUp() {
        return traffic.tidyUp();
    }

    @Override
    public boolean readable(Pipe pipe) {
        return traffic.readable(pipe);
    }

    @Override
    public void writable(Pipe pipe) {
        traffic.writable(pipe);
    }

    @Override
    public SendResult send(Frames message) {
        return traffic.send(message);
    }

    @Override
    public boolean canSend() {
        return traffic.canSend();
    }

    @Override
    public boolean sendsSelectively() {
        return traffic.sendsSelectively();
    }

    @Override
    public boolean isEager() {
        return true;
    }

    @Override
    public int subscriberCount() {
        return traffic.subscriberCount();
    }

    @Override
    public int topicCount() {
        return traffic.topicCount();
    }
}
