package io.lingmq.pattern;

import io.lingmq.message.Frames;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.RoundRobin;
import io.lingmq.routing.SendResult;

/**
 * PUSH: hands out messages to its PULL peers in turn, skipping full ones; waits while all are full or there is none.
 *
 * <p>Source: RFC 30/PIPELINE, "The PUSH Socket Type".
 */
final class Push implements NoReceiving {
    private final RoundRobin peers = new RoundRobin();

    @Override
    public void attach(Pipe pipe) {
        peers.attach(pipe);
    }

    @Override
    public void detach(Pipe pipe) {
        peers.remove(pipe);
    }

    @Override
    public boolean readable(Pipe pipe) {
        return true; // a PULL says nothing
    }

    @Override
    public void writable(Pipe pipe) {
        peers.activate(pipe);
    }

    @Override
    public SendResult send(Frames message) {
        return peers.send(message);
    }

    @Override
    public boolean onlySends() {
        return true;
    }

    @Override
    public boolean canSend() {
        return peers.canSend();
    }
}
