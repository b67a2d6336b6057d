package io.lingmq.routing;

import io.lingmq.event.DropReason;
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
 * far from each other. {@link #readiness} lets that rest too, so who is going to sleep asks it last. Where somebody was
 * just sending when a pipe of theirs came to rest, it asks to look again: nobody waits for them here, under the lock.
 *
 * <p>What a lost peer has left is read first: should the peer come back on a new connection, its messages stay in
 * order.
 *
 * <p>Threading: under the socket's lock. Source: RFC 28 to 30, "fair-queuing".
 */
public final class FairQueue {
    private final Rotation active = new Rotation();
    private final EndedPipes ended;
    private final Drops drops;
    /** These were put to rest while their writers were just sending: that may come without a ring. */
    private final ArrayDeque<Pipe> unsettled = new ArrayDeque<>();

    private @Nullable Pipe source;
    private @Nullable ArrayDeque<Returned> returned;

    /** A message that was received and given back. */
    private record Returned(Message message, @Nullable Pipe source) {}

    /** A queue of no pipes yet, which counts what it drops. */
    public FairQueue(Drops drops) {
        ended = new EndedPipes(drops);
        this.drops = drops;
    }

    /** A pipe was attached or its bell was rung: it may have something. */
    public void activate(Pipe pipe) {
        if (pipe.hasEnded()) {
            keepEnded(pipe);
        } else {
            active.add(pipe);
        }
    }

    /** The pipe is gone; what it still holds can be received, unless it was discarded. */
    public void detach(Pipe pipe) {
        if (active.remove(pipe)) {
            keepEnded(pipe);
        }
    }

    private void keepEnded(Pipe pipe) {
        if (!pipe.isDiscarded() && !restsEmpty(pipe)) {
            ended.add(pipe);
        }
    }

    /**
     * Peers come and go also where nobody receives for a long time: one that has left nothing is not kept until then.
     * Should something come after all, its bell brings it back. The bell of one in this process may need a second look,
     * for which somebody has to receive.
     */
    private static boolean restsEmpty(Pipe pipe) {
        if (pipe.isLocal() || pipe.canReceive()) {
            return false;
        }
        var settled = pipe.armReader();
        assert settled : "a wire's bell always rings";
        return !findsAfterAll(pipe);
    }

    /** How many pipes are kept whose peers are gone. */
    int ended() {
        return ended.size();
    }

    /** The next message, or null; {@link #source} then tells where it came from. */
    public @Nullable Message receive() {
        if (returned != null && nextReturned(returned) != null) {
            return receiveReturned(returned);
        }
        settle();
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
                active.advance();
                return message;
            }
            awake = passOver(pipe, awake);
        }
        return null;
    }

    /** The pipe in front is empty: the next one's turn. Returns the one that stays awake, behind all others. */
    private @Nullable Pipe passOver(Pipe empty, @Nullable Pipe awake) {
        if (empty == source) {
            active.advance();
            return empty;
        }
        letFrontRest(empty);
        return awake;
    }

    private @Nullable Message receiveEnded() {
        Pipe pipe;
        while ((pipe = ended.first()) != null) {
            var message = pipe.receive();
            if (message != null) {
                source = pipe;
                return message;
            }
            letEndedRest(pipe);
        }
        return receiveActive();
    }

    /**
     * Receives the next message into a buffer; false if there is none. {@link #source} then tells where it came from.
     */
    public boolean receive(MessageBuffer into) {
        if (returned != null && nextReturned(returned) != null) {
            into.clear().addAll(receiveReturned(returned));
            return true;
        }
        settle();
        return receiveEnded(into) || receiveActive(into);
    }

    private boolean receiveEnded(MessageBuffer into) {
        Pipe pipe;
        while ((pipe = ended.first()) != null) {
            if (pipe.receive(into)) {
                source = pipe;
                return true;
            }
            letEndedRest(pipe);
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
                active.advance();
                return true;
            }
            awake = passOver(pipe, awake);
        }
        return false;
    }

    /**
     * Whether {@link #receive} will find a message. If not, all pipes rest and a bell will ring when there is one, but
     * for what is just being sent: that is looked at again when the sender's turn is over.
     */
    public Readiness readiness() {
        if (canReceiveNow() || (!unsettled.isEmpty() && settles() && canReceiveNow())) {
            return Readiness.READY;
        }
        return unsettled.isEmpty() ? Readiness.NOT_READY : Readiness.LOOK_AGAIN;
    }

    private boolean canReceiveNow() {
        if (returned != null && nextReturned(returned) != null) {
            return true;
        }
        Pipe pipe;
        while ((pipe = ended.first()) != null) {
            if (pipe.canReceive()) {
                return true;
            }
            letEndedRest(pipe);
        }
        while ((pipe = active.front()) != null) {
            if (pipe.canReceive()) {
                return true;
            }
            letFrontRest(pipe);
        }
        return false;
    }

    /** Takes back a message that was received from the given pipe: it is the next one to be received. */
    public void handBack(Message message, @Nullable Pipe from) {
        var all = returned;
        if (all == null) {
            all = new ArrayDeque<>();
            returned = all;
        }
        all.addFirst(new Returned(message, from));
    }

    /** The next that was given back, or null. Where the peer is no longer wanted, nor is its message. */
    private @Nullable Returned nextReturned(ArrayDeque<Returned> all) {
        Returned first;
        while ((first = all.peekFirst()) != null && first.source != null && first.source.isDiscarded()) {
            all.removeFirst();
            drops.count(DropReason.UNREAD, first.source);
        }
        return first;
    }

    private Message receiveReturned(ArrayDeque<Returned> all) {
        var first = all.removeFirst();
        if (all.isEmpty()) {
            returned = null;
        }
        source = first.source;
        return first.message;
    }

    /** The pipe that the last message came from. */
    public @Nullable Pipe source() {
        return source;
    }

    /** The pipe in front rests until its bell rings, unless there is something after all. */
    private void letFrontRest(Pipe pipe) {
        active.removeFront();
        if (!rests(pipe)) {
            active.addFirst(pipe);
        }
    }

    /** As {@link #letFrontRest}, for the first that has ended: its writer may not know of that yet. */
    private void letEndedRest(Pipe pipe) {
        if (rests(pipe)) {
            ended.removeFirst();
        }
    }

    private boolean rests(Pipe pipe) {
        var settled = pipe.armReader();
        if (findsAfterAll(pipe)) {
            return false;
        }
        if (!settled && !unsettled.contains(pipe)) {
            unsettled.addLast(pipe);
        }
        return true;
    }

    /** The second look. Where the bell was rung meanwhile, its owner is told: no need to find it here. */
    private static boolean findsAfterAll(Pipe pipe) {
        return pipe.canReceive() && pipe.readable().disarm();
    }

    /** What was sent before this call is found in it, also by one whose bell is armed. */
    private void settle() {
        if (!unsettled.isEmpty()) {
            settles();
        }
    }

    /** Looks at those that were not settled; true if one of them has something. */
    private boolean settles() {
        var found = false;
        for (var left = unsettled.size(); left > 0; left--) {
            var pipe = unsettled.removeFirst();
            var settled = pipe.writerIsDone(); // before the look
            if (findsAfterAll(pipe)) {
                activate(pipe);
                found = true;
            } else if (!settled) {
                unsettled.addLast(pipe);
            }
        }
        return found;
    }
}
