package io.lingmq.routing;

import io.lingmq.message.Frames;
import io.lingmq.pipe.Pipe;
import org.jspecify.annotations.Nullable;

/**
 * Sends to many pipes in turn, skipping those that are full. A full pipe rests until its bell says that it has room.
 *
 * <p>Threading: under the socket's lock. Source: RFC 28 and 30, "round-robin".
 */
public final class RoundRobin {
    private final Rotation active = new Rotation();
    private @Nullable Pipe target;

    /** A pipe was attached or its bell was rung: it may have room. */
    public void activate(Pipe pipe) {
        active.add(pipe);
    }

    /** The pipe is gone. */
    public void remove(Pipe pipe) {
        var unused = active.remove(pipe); // one that is full is not there
    }

    /** Sends to the next pipe that has room; false if there is none. {@link #target} then tells which it was. */
    public boolean send(Frames message) {
        Pipe pipe;
        while ((pipe = active.front()) != null) {
            if (pipe.send(message)) {
                if (target != pipe) {
                    target = pipe;
                }
                active.advance();
                return true;
            }
            letRest(pipe);
        }
        return false;
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
