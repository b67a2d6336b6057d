package io.lingmq.pattern;

import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.FairQueue;
import io.lingmq.routing.RoundRobin;
import org.jspecify.annotations.Nullable;

/**
 * DEALER: sends to its peers in turn and receives from all of them, changing nothing in the messages.
 *
 * <p>Source: RFC 28/REQREP, "The DEALER Socket Type". Option: {@code PROBE_ROUTER}.
 */
final class Dealer implements Pattern {
    private final RoundRobin outgoing = new RoundRobin();
    private final FairQueue incoming = new FairQueue();
    private boolean probes;

    @Override
    public void settings(Settings settings) {
        probes = settings.get(Options.PROBE_ROUTER);
    }

    @Override
    public void attach(Pipe pipe) {
        outgoing.activate(pipe);
        incoming.activate(pipe);
        if (probes) {
            pipe.send(Message.empty());
        }
    }

    @Override
    public void detach(Pipe pipe) {
        outgoing.remove(pipe);
        incoming.detach(pipe);
    }

    @Override
    public void readable(Pipe pipe) {
        incoming.activate(pipe);
    }

    @Override
    public void writable(Pipe pipe) {
        outgoing.activate(pipe);
    }

    @Override
    public boolean send(Frames message) {
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
    public boolean canReceive() {
        return incoming.canReceive();
    }

    /** The pipe that the last sent message went to. */
    @Nullable
    Pipe lastTarget() {
        return outgoing.target();
    }

    /** The pipe that the last received message came from. */
    @Nullable
    Pipe lastSource() {
        return incoming.source();
    }
}
