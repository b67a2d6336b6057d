package io.lingmq.routing;

import io.lingmq.message.Frames;
import io.lingmq.pipe.Pipe;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Sends to many pipes in turn, skipping those that are full. A full pipe rests until its bell says that it has room.
 *
 * <p>Threading: under the socket's lock. Source: RFC 28 and 30, "round-robin".
 */
public final class RoundRobin {
    private final Rotation active = new Rotation();
    /** Those that are full, too. */
    private final ArrayList<Pipe> attached = new ArrayList<>();

    private @Nullable Pipe target;

    /** A pipe has come. */
    public void attach(Pipe pipe) {
        attached.add(pipe);
        active.add(pipe);
    }

    /** The pipe's bell was rung: it may have room. */
    public void activate(Pipe pipe) {
        active.add(pipe);
    }

    /** The pipe is gone. */
    public void remove(Pipe pipe) {
        attached.remove(pipe);
        var unused = active.remove(pipe); // one that is full is not there
    }

    /** Sends to the next pipe that has room, if there is one. {@link #target} then tells which it was. */
    public SendResult send(Frames message) {
        Pipe pipe;
        while ((pipe = active.front()) != null) {
            if (pipe.send(message)) {
                if (target != pipe) {
                    target = pipe;
                }
                active.advance();
                return SendResult.SENT;
            }
            letRest(pipe);
        }
        return whyNot();
    }

    /** Why there is no pipe with room. Those that wait for a peer and are full are not enough to say that all are. */
    public SendResult whyNot() {
        for (var i = 0; i < attached.size(); i++) {
            if (attached.get(i).isOpen()) {
                return SendResult.ALL_FULL;
            }
        }
        return SendResult.NO_PEER;
    }

    /** Whether {@link #send} will find a pipe with room. */
    public boolean canSend() {
        Pipe pipe;
        while ((pipe = active.front()) != null) {
            if (pipe.canSend()) {
                return true;
            }
            letRest(pipe);
        }
        return false;
    }

    /** The pipe that the last message went to. */
    public @Nullable Pipe target() {
        return target;
    }

    private void letRest(Pipe pipe) {
        active.removeFront();
        var bell = pipe.writable();
        bell.arm();
        if (pipe.canSend() && bell.disarm()) {
            active.addFirst(pipe);
        }
    }
}
