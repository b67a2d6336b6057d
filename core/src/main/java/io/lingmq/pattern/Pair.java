package io.lingmq.pattern;

import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.option.Settings;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import io.lingmq.routing.Readiness;
import io.lingmq.routing.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * PAIR: talks to exactly one peer. A second peer is refused while the first is there; what the first sent before it
 * left can still be read.
 *
 * <p>Source: RFC 31/EXPAIR.
 */
final class Pair implements Pattern {
    private final Dealer traffic;
    private @Nullable Pipe peer;

    Pair(Drops drops) {
        traffic = new Dealer(drops);
    }

    @Override
    public void settings(Settings settings) {
        traffic.settings(settings);
    }

    @Override
    public void attach(Pipe pipe) {
        if (peer == null) {
            peer = pipe;
            traffic.attach(pipe);
        }
    }

    @Override
    public void opened(Pipe pipe) {
        attach(pipe);
        if (pipe != peer) {
            pipe.refuse("a PAIR socket talks to one peer only and has one already");
        }
    }

    @Override
    public void detach(Pipe pipe) {
        if (pipe == peer) {
            traffic.detach(pipe);
            peer = null;
        }
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
    public @Nullable Message receive() {
        return traffic.receive();
    }

    @Override
    public boolean onlySends() {
        return true;
    }

    @Override
    public boolean canSend() {
        return traffic.canSend();
    }

    @Override
    public boolean receive(MessageBuffer into) {
        return traffic.receive(into);
    }

    @Override
    public Readiness readiness() {
        return traffic.readiness();
    }

    @Override
    public @Nullable Pipe source() {
        return traffic.source();
    }

    @Override
    public void handBack(Message message, @Nullable Pipe from) {
        traffic.handBack(message, from);
    }
}
