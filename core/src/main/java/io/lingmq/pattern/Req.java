package io.lingmq.pattern;

import io.lingmq.error.SocketStateException;
import io.lingmq.event.DropReason;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
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

    private final Dealer traffic = new Dealer();
    private final Drops drops;
    private State state = State.READY;
    private @Nullable Pipe asked;
    private @Nullable Message reply;
    private boolean correlates;
    private boolean relaxed;
    private int requestId = new SecureRandom().nextInt();

    Req(Drops drops) {
        this.drops = drops;
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
    public void detach(Pipe pipe) {
        traffic.detach(pipe);
        if (asked == pipe && !pipe.canReceive()) {
            asked = null;
        }
    }

    @Override
    public void readable(Pipe pipe) {
        traffic.readable(pipe);
    }

    @Override
    public void writable(Pipe pipe) {
        traffic.writable(pipe);
    }

    @Override
    public boolean send(Frames message) {
        if (state == State.AWAITING_REPLY && !relaxed) {
            throw new SocketStateException("a REQ socket sends one request at a time: receive the reply first,"
                    + " or set REQ_RELAXED (best with REQ_CORRELATE) to give the old request up");
        }
        if (!traffic.canSend()) {
            return false;
        }
        dropStaleReplies();
        var request = message.toMessage().withFirst(DELIMITER);
        if (correlates) {
            request = request.withFirst(
                    ByteBuffer.allocate(Integer.BYTES).putInt(requestId + 1).array());
        }
        if (!traffic.send(request)) {
            return false;
        }
        requestId++;
        asked = traffic.lastTarget();
        state = State.AWAITING_REPLY;
        return true;
    }

    private void dropStaleReplies() {
        if (reply != null) {
            reply = null;
            drops.count(DropReason.STALE_REPLY);
        }
        while (traffic.receive() != null) {
            drops.count(DropReason.STALE_REPLY);
        }
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

    private boolean findReply() {
        while (reply == null) {
            var message = traffic.receive();
            if (message == null) {
                return false;
            }
            if (asked != null && traffic.lastSource() != asked) {
                drops.count(DropReason.STALE_REPLY);
            } else {
                reply = body(message);
            }
        }
        return true;
    }

    /** The reply without its envelope, or null if it is not the one we wait for. */
    private @Nullable Message body(Message message) {
        var delimiterAt = correlates ? 1 : 0;
        if (message.frameCount() < delimiterAt + 2 || message.size(delimiterAt) > 0) {
            drops.count(DropReason.NO_DELIMITER);
            var source = traffic.lastSource();
            if (source != null) {
                source.refuse("a reply must have an empty frame before its body");
            }
            return null;
        }
        if (correlates && !isCurrentId(message.array(0))) {
            drops.count(DropReason.STALE_REPLY);
            return null;
        }
        return message.from(delimiterAt + 1);
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
    public boolean canReceive() {
        if (state != State.AWAITING_REPLY) {
            return false;
        }
        do {
            if (findReply()) {
                return true;
            }
        } while (traffic.canReceive());
        return false;
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
