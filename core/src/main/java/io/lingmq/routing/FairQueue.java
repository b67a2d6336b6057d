package io.lingmq.routing;

import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.pipe.Pipe;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Receives from many pipes in turn, one message from each that has one.
 *
 * <p>Holds only the pipes that may have something; a pipe found empty rests until its bell brings it back, so the cost
 * does not depend on how many pipes are idle. Only the one that the last message came from stays awake: the next is
 * likely to come from there, and a bell takes both sides longer than all the rest, if they run on processors that are
 * far from each other. So does one whose writer is just sending. {@link #canReceive} lets these rest too, so who is
 * going to sleep asks it last.
 *
 * <p>What a lost peer has left is read first: should the peer come back on a new connection, its messages stay in
 * order.
 *
 * <p>Threading: under the socket's lock. Source: RFC 28 to 30, "fair-queuing".
 */
public final class FairQueue {
    private final Rotation active = new Rotation();
    private final ArrayDeque<Pipe> ended = new ArrayDeque<>();
    private @Nullable Pipe source;

    /** A pipe was attached or its bell was rung: it may have something. */
    public void activate(Pipe pipe) {
        if (pipe.hasEnded()) {
            ended.addLast(pipe);
        } else {
            active.add(pipe);
        }
    }

    /** The pipe is gone; what it still holds can be received. */
    public void detach(Pipe pipe) {
        if (active.remove(pipe)) {
            ended.addLast(pipe);
        }
    }

    /** The next message, or null; {@link #source} then tells where it came from. */
    public @Nullable Message receive() {
        return ended.isEmpty() ? receiveActive() : receiveEnded();
    }

    private @Nullable Message receiveActive() {
        Pipe pipe;
        Pipe awake = null;
        while ((pipe = active.front()) != awake && pipe != null) {
            var message = pipe.receive();
            if (message != null) {
                if (source != pipe) {
                    source = pipe;
                }
                active.turn();
                return message;
            }
            awake = passOver(pipe, awake);
        }
        return null;
    }

    /** The pipe in front is empty: the next one's turn. Returns the first that stays awake, behind all others. */
    private @Nullable Pipe passOver(Pipe empty, @Nullable Pipe awake) {
        if (empty != source && letRest(empty)) {
            return awake;
        }
        active.turn();
        return awake == null ? empty : awake;
    }

    private @Nullable Message receiveEnded() {
        Pipe pipe;
        while ((pipe = ended.peekFirst()) != null) {
            var message = pipe.receive();
            if (message != null) {
                source = pipe;
                return message;
            }
            ended.removeFirst();
        }
        return receiveActive();
    }

    /**
     * Receives the next message into a buffer; false if there is none. {@link #source} then tells where it came from.
     */
    public boolean receive(MessageBuffer into) {
        return receiveEnded(into) || receiveActive(into);
    }

    private boolean receiveEnded(MessageBuffer into) {
        Pipe pipe;
        while ((pipe = ended.peekFirst()) != null) {
            if (pipe.receive(into)) {
                source = pipe;
                return true;
            }
            ended.removeFirst();
        }
        return false;
    }

    private boolean receiveActive(MessageBuffer into) {
        Pipe pipe;
        Pipe awake = null;
        while ((pipe = active.front()) != awake && pipe != null) {
            if (pipe.receive(into)) {
                if (source != pipe) {
                    source = pipe;
                }
                active.turn();
                return true;
            }
            awake = passOver(pipe, awake);
        }
        return false;
    }

    /** Whether {@link #receive} will find a message. If not, all pipes rest: a bell will ring when there is one. */
    public boolean canReceive() {
        Pipe pipe;
        while ((pipe = ended.peekFirst()) != null) {
            if (pipe.canReceive()) {
                return true;
            }
            ended.removeFirst();
        }
        while ((pipe = active.front()) != null) {
            if (pipe.canReceive()) {
                return true;
            }
            if (!letRest(pipe) && !pipe.canReceive()) {
                active.turn();
                pipe.letWriterRun();
            }
        }
        return false;
    }

    /** The pipe that the last message came from. */
    public @Nullable Pipe source() {
        return source;
    }

    /** The pipe in front rests until its bell rings; false if it stays, since there is something or soon will be. */
    private boolean letRest(Pipe pipe) {
        active.removeFront();
        if ((!pipe.letReaderRest() || pipe.canReceive()) && pipe.readable().riseAgain()) {
            active.addFirst(pipe);
            return false;
        }
        return true;
    }
}
