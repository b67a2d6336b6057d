package io.lingmq.pattern;

import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.option.Settings;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import io.lingmq.routing.FairQueue;
import io.lingmq.routing.Readiness;
import io.lingmq.routing.RoundRobin;
import io.lingmq.routing.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * DEALER: sends to its peers in turn and receives from all of them, changing nothing in the messages.
 *
 * <p>Source: RFC 28/REQREP, "The DEALER Socket Type". Option: {@code PROBE_ROUTER}.
 */
final class Dealer implements Pattern {
    private final RoundRobin outgoing = new RoundRobin();
    private final FairQueue incoming;
    private final FirstMessage probe;

    Dealer(Drops drops) {
        incoming = new FairQueue(drops);
        probe = new FirstMessage(drops);
    }

    @Override
    public void settings(Settings settings) {
        probe.probe(settings);
    }

    @Override
    public void attach(Pipe pipe) {
        outgoing.attach(pipe);
        incoming.activate(pipe);
        probe.attached(pipe);
    }

    @Override
    public void opened(Pipe pipe) {
        probe.opened(pipe);
    }

    @Override
    public void detach(Pipe pipe) {
        outgoing.remove(pipe);
        incoming.detach(pipe);
        probe.detached(pipe);
    }

    @Override
    public boolean readable(Pipe pipe) {
        incoming.activate(pipe);
        return true;
    }

    @Override
    public void writable(Pipe pipe) {
        outgoing.activate(pipe);
    }

    @Override
    public SendResult send(Frames message) {
        return outgoing.send(message);
    }

    @Override
    public @Nullable Message receive() {
        return incoming.receive();
    }

    @Override
    public boolean receive(MessageBuffer into) {
        return incoming.receive(into);
    }

    @Override
    public boolean onlySends() {
        return true;
    }

    @Override
    public boolean canSend() {
        return outgoing.canSend();
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

    /** Why nothing can be sent now. */
    SendResult whyNot() {
        return outgoing.whyNot();
    }

    /** The pipe that the last sent message went to. */
    @Nullable
    Pipe lastTarget() {
        return outgoing.target();
    }
}
