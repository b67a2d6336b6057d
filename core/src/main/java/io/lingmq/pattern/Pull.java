package io.lingmq.pattern;

import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import io.lingmq.routing.FairQueue;
import io.lingmq.routing.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * PULL: receives from all its PUSH peers, one message from each in turn.
 *
 * <p>Source: RFC 30/PIPELINE, "The PULL Socket Type".
 */
final class Pull implements NoSending {
    private final FairQueue peers;

    Pull(Drops drops) {
        peers = new FairQueue(drops);
    }

    @Override
    public void attach(Pipe pipe) {
        peers.activate(pipe);
    }

    @Override
    public void detach(Pipe pipe) {
        peers.detach(pipe);
    }

    @Override
    public boolean readable(Pipe pipe) {
        peers.activate(pipe);
        return true;
    }

    @Override
    public @Nullable Message receive() {
        return peers.receive();
    }

    @Override
    public boolean receive(MessageBuffer into) {
        return peers.receive(into);
    }

    @Override
    public Readiness readiness() {
        return peers.readiness();
    }

    @Override
    public @Nullable Pipe source() {
        return peers.source();
    }

    @Override
    public void handBack(Message message, @Nullable Pipe from) {
        peers.handBack(message, from);
    }
}
