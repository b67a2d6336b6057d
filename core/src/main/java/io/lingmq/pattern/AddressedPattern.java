package io.lingmq.pattern;

import io.lingmq.error.ErrorCode;
import io.lingmq.error.LingException;
import io.lingmq.error.UnroutableException;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import io.lingmq.routing.FairQueue;
import io.lingmq.routing.Readiness;
import io.lingmq.routing.RoutingTable;
import io.lingmq.routing.SendResult;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A pattern whose messages begin with a routing id: it puts the sender's in front of what it receives, and sends to the
 * peer that the first frame names. How peers get their names, and what becomes of a message to nobody or to a full
 * peer, a subclass says.
 */
abstract class AddressedPattern implements Pattern {
    private static final int LONGEST_ID = 255;

    final RoutingTable table;
    final FairQueue incoming;
    final Drops drops;

    private final String form;
    private final ArrayDeque<Message> handedBack = new ArrayDeque<>();
    private @Nullable Pipe source;

    /** @param form what a caller hears whose message is too short: what is sent on such a socket */
    AddressedPattern(String form, Drops drops, RandomGenerator random) {
        this.form = form;
        table = new RoutingTable(random);
        incoming = new FairQueue(drops);
        this.drops = drops;
    }

    /** No peer has the routing id that a message begins with. */
    abstract SendResult sendToNobody();

    /** Sends what follows the routing id. */
    abstract SendResult sendTo(Pipe pipe, Message body);

    /** A routing id, as a text tells it. */
    abstract String show(byte[] id);

    @Override
    public void detach(Pipe pipe) {
        table.forget(pipe);
        incoming.detach(pipe);
    }

    @Override
    public final boolean readable(Pipe pipe) {
        incoming.activate(pipe);
        return true;
    }

    @Override
    public final void writable(Pipe pipe) {
        // Nothing to do: the pipe is looked up when a message is addressed to it.
    }

    @Override
    public final SendResult send(Frames frames) {
        if (!isAddressed(frames)) {
            return SendResult.NOT_ADDRESSED;
        }
        var message = frames.toMessage();
        var pipe = table.find(message.sharedArray(0));
        return pipe == null ? sendToNobody() : sendTo(pipe, message.withoutFirst(1));
    }

    private static boolean isAddressed(Frames message) {
        return message.frameCount() > 1 && message.size(0) > 0 && message.size(0) <= LONGEST_ID;
    }

    /** Sends, or arms the peer's bell for the time when there is room. */
    static SendResult sendOrArm(Pipe pipe, Message body) {
        if (pipe.send(body)) {
            return SendResult.SENT;
        }
        pipe.writable().arm(); // it stays so, if there is room after all: others may wait for the same peer
        return pipe.canSend() && pipe.send(body) ? SendResult.SENT : SendResult.PEER_FULL;
    }

    @Override
    public final LingException refusal(Frames message, SendResult why) {
        if (why == SendResult.NO_ROUTE) {
            return new UnroutableException("no peer has the routing id "
                    + show(message.toMessage().sharedArray(0)) + "; it never connected, or it is gone");
        }
        return new LingException(
                ErrorCode.INVALID,
                message.frameCount() < 2
                        ? form + "; this one has a single frame"
                        : "a routing id has 1 to 255 bytes; the first frame of this message has " + message.size(0));
    }

    @Override
    public final @Nullable Message receive() {
        if (!handedBack.isEmpty()) {
            source = null;
            return handedBack.pollFirst();
        }
        var message = incoming.receive();
        var from = incoming.source();
        if (message == null || from == null) {
            return null;
        }
        source = from;
        return message.withSharedFirst(from.sender());
    }

    @Override
    public final boolean sendsSelectively() {
        return true;
    }

    /** The peer that it is addressed to. */
    @Override
    public final Object lane(Message message) {
        return ByteBuffer.wrap(message.sharedArray(0));
    }

    @Override
    public final boolean onlySends() {
        return true;
    }

    /** Whether any peer has room; it is not known yet which one a message will be addressed to. */
    @Override
    public boolean canSend() {
        for (var pipe : table.pipes()) {
            if (pipe.canSend()) {
                return true;
            }
            pipe.writable().arm();
            if (pipe.canSend()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public final Readiness readiness() {
        return handedBack.isEmpty() ? incoming.readiness() : Readiness.READY;
    }

    @Override
    public final @Nullable Pipe source() {
        return source;
    }

    /** With the name that it was received with: the pipe it came through may be another peer's by now. */
    @Override
    public final void handBack(Message message, @Nullable Pipe from) {
        handedBack.addFirst(message);
    }
}
