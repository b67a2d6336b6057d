package io.lingmq.routing;

import io.lingmq.message.Message;
import io.lingmq.pipe.Pipe;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Sends to many pipes in turn, skipping those that are full. A full pipe rests until its bell says that it has room.
 *
 * <p>Threading: under the socket's lock. Source: RFC 28 and 30, "round-robin".
 */
public final class RoundRobin {
    private final ArrayDeque<Pipe> active = new ArrayDeque<>();
    private @Nullable Pipe target;

    /** A pipe was attached or its bell was rung: it may have room. */
    public void activate(Pipe pipe) {
        active.addLast(pipe);
    }

    /** The pipe is gone. */
    public void remove(Pipe pipe) {
        active.remove(pipe);
    }

    /** Sends to the next pipe that has room; false if there is none. {@link #target} then tells which it was. */
    public boolean send(Message message) {
        Pipe pipe;
        while ((pipe = active.peekFirst()) != null) {
            if (pipe.send(message)) {
                target = pipe;
                if (active.size() > 1) {
                    active.addLast(active.removeFirst());
                }
                return true;
            }
            letRest(pipe);
        }
        return false;
    }

    /** Whether {@link #send} will find a pipe with room. */
    public boolean canSend() {
        Pipe pipe;
        while ((pipe = active.peekFirst()) != null) {
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
        active.removeFirst();
        var bell = pipe.writable();
        bell.rest();
        if (pipe.canSend() && bell.riseAgain()) {
            active.addFirst(pipe);
        }
    }
}
