package io.lingmq.pattern;

import io.lingmq.error.SocketStateException;
import io.lingmq.event.DropReason;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import io.lingmq.routing.Readiness;
import io.lingmq.routing.SendResult;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * REQ: sends a request to one peer, then waits for that peer's reply.
 *
 * <pre>
 *   state            send                               receive, reply is there    receive, none yet
 *   READY            delimiter in front, AWAITING_REPLY  refuse                     refuse
 *   AWAITING_REPLY   strict: refuse; relaxed: send anew  strip delimiter, READY     none
 * </pre>
 *
 * <p>A reply from another peer, or to a request that was given up, is dropped. If the asked peer is gone for good any
 * peer's well-formed reply is accepted, as in libzmq.
 *
 * <p>Source: RFC 28/REQREP, "The REQ Socket Type". Options: {@code REQ_CORRELATE}, {@code REQ_RELAXED}.
 */
final class Req implements Pattern {
    private static final byte[] DELIMITER = new byte[0];

    private enum State {
        READY,
        AWAITING_REPLY
    }

    private final Dealer traffic;
    private final Drops drops;
    private State state = State.READY;
    private @Nullable Pipe asked;
    private @Nullable Message reply;
    private @Nullable Pipe replyFrom;
    private boolean correlates;
    private boolean relaxed;
    private int requestId;

    Req(Drops drops, RandomGenerator random) {
        requestId = random.nextInt();
        this.drops = drops;
        traffic = new Dealer(drops);
    }

    @Override
    public void settings(Settings settings) {
        correlates = settings.get(Options.REQ_CORRELATE);
        relaxed = settings.get(Options.REQ_RELAXED);
        traffic.settings(settings);
    }

    @Override
    public void attach(Pipe pipe) {
        traffic.attach(pipe);
    }

    @Override
    public void opened(Pipe pipe) {
        traffic.opened(pipe);
    }

    @Override
    public void detach(Pipe pipe) {
        traffic.detach(pipe);
        if (asked == pipe && !pipe.canReceive()) {
            asked = null;
        }
    }

    @Override
    public boolean readable(Pipe pipe) {
        return traffic.readable(pipe);
    }

    @Override
    public void writable(Pipe pipe) {
        traffic.writable(pipe);
    }

    @Override
    public SendResult send(Frames message) {
        if (state == State.AWAITING_REPLY && !relaxed) {
            throw new SocketStateException("a REQ socket sends one request at a time: receive the reply first,"
                    + " or set REQ_RELAXED (best with REQ_CORRELATE) to give the old request up");
        }
        if (!traffic.canSend()) {
            return traffic.whyNot();
        }
        if (!dropsStaleReplies()) {
            return SendResult.TRY_AGAIN;
        }
        var request = message.toMessage().withSharedFirst(DELIMITER);
        if (correlates) {
            request = request.withSharedFirst(
                    ByteBuffer.allocate(Integer.BYTES).putInt(requestId + 1).array());
        }
        var result = traffic.send(request);
        if (result.isTaken()) {
            requestId++;
            asked = traffic.lastTarget();
            state = State.AWAITING_REPLY;
        }
        return result;
    }

    /** What has come before a request is no answer to it. False if there is more of that than a budget's worth. */
    private boolean dropsStaleReplies() {
        if (reply != null) {
            reply = null;
            drops.count(DropReason.STALE_REPLY, replyFrom);
        }
        Message stale;
        var left = Budget.OF_A_HOLD;
        while (left > 0 && (stale = traffic.receive()) != null) {
            drops.count(DropReason.STALE_REPLY, traffic.source());
            left -= Budget.cost(stale);
        }
        return left > 0;
    }

    @Override
    public @Nullable Message receive() {
        if (state == State.READY) {
            throw new SocketStateException("a REQ socket receives only after it has sent a request: send one first");
        }
        if (!findReply()) {
            return null;
        }
        var found = reply;
        reply = null;
        state = State.READY;
        return found;
    }

    /** False if there is none, or if the budget was spent in vain. */
    private boolean findReply() {
        var left = Budget.OF_A_HOLD;
        while (!holdsReply() && left > 0) {
            var message = traffic.receive();
            if (message == null) {
                return false;
            }
            if (isAnothers(traffic.source())) {
                drops.count(DropReason.STALE_REPLY, traffic.source());
            } else {
                reply = body(message);
                replyFrom = traffic.source();
            }
            left -= Budget.cost(message);
        }
        return holdsReply();
    }

    /** Whether one was taken out and not received. Where the peer is no longer wanted, nor is its reply. */
    private boolean holdsReply() {
        var from = replyFrom;
        if (reply != null && from != null && from.isDiscarded()) {
            reply = null;
            drops.count(DropReason.UNREAD, from);
        }
        return reply != null;
    }

    /** Whether a message from there is no reply since another peer was asked, which may still give one. */
    private boolean isAnothers(@Nullable Pipe source) {
        var expected = asked;
        return expected != null && source != expected && !(expected.hasEnded() && !expected.canReceive());
    }

    /** The reply without its envelope, or null if it is not the one we wait for. */
    private @Nullable Message body(Message message) {
        var delimiterAt = correlates ? 1 : 0;
        if (message.frameCount() < delimiterAt + 2 || message.size(delimiterAt) > 0) {
            var source = traffic.source();
            drops.count(DropReason.NO_DELIMITER, source);
            if (source != null) {
                source.refuse("a reply must have an empty frame before its body");
            }
            return null;
        }
        if (correlates && !isCurrentId(message.sharedArray(0))) {
            drops.count(DropReason.STALE_REPLY, traffic.source());
            return null;
        }
        return message.withoutFirst(delimiterAt + 1);
    }

    private boolean isCurrentId(byte[] id) {
        return Arrays.equals(
                id, ByteBuffer.allocate(Integer.BYTES).putInt(requestId).array());
    }

    @Override
    public boolean canSend() {
        return (state == State.READY || relaxed) && traffic.canSend();
    }

    @Override
    public Readiness readiness() {
        if (state != State.AWAITING_REPLY) {
            return Readiness.NOT_READY; // a call, not a bell, changes that
        }
        if (findReply()) {
            return Readiness.READY;
        }
        return traffic.readiness() == Readiness.NOT_READY ? Readiness.NOT_READY : Readiness.LOOK_AGAIN;
    }

    @Override
    public @Nullable Pipe source() {
        return replyFrom;
    }

    /** The reply is as good as unread, unless a new request was sent since. */
    @Override
    public void handBack(Message message, @Nullable Pipe from) {
        if (state == State.READY) {
            state = State.AWAITING_REPLY;
            reply = message;
            replyFrom = from;
        } else {
            drops.count(DropReason.STALE_REPLY, from);
        }
    }

    @Override
    public boolean awaitsReply() {
        return state == State.AWAITING_REPLY;
    }

    @Override
    public boolean alternates() {
        return true;
    }
}
