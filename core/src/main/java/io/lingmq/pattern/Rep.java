package io.lingmq.pattern;

import io.lingmq.error.SocketStateException;
import io.lingmq.event.DropReason;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import io.lingmq.routing.FairQueue;
import io.lingmq.routing.Readiness;
import io.lingmq.routing.SendResult;
import org.jspecify.annotations.Nullable;

/**
 * REP: receives a request, then sends the reply back the way the request came.
 *
 * <p>The envelope, all frames up to and with the first empty one, is taken off the request and put in front of the
 * reply. A request without an empty frame is dropped. A reply whose requester is gone or full is dropped.
 *
 * <p>Source: RFC 28/REQREP, "The REP Socket Type".
 */
final class Rep implements Pattern {
    private final FairQueue requests;
    private final Drops drops;
    private @Nullable Message envelope;
    private @Nullable Pipe requester;
    private @Nullable Message request;

    Rep(Drops drops) {
        requests = new FairQueue(drops);
        this.drops = drops;
    }

    @Override
    public void attach(Pipe pipe) {
        requests.activate(pipe);
    }

    @Override
    public void detach(Pipe pipe) {
        requests.detach(pipe); // its unread requests can still be received; their replies are dropped
    }

    @Override
    public boolean readable(Pipe pipe) {
        requests.activate(pipe);
        return true;
    }

    @Override
    public void writable(Pipe pipe) {}

    @Override
    public @Nullable Message receive() {
        if (owesReply()) {
            throw new SocketStateException(
                    "a REP socket answers each request before it receives the next:" + " send the reply first");
        }
        if (!findRequest()) {
            return null;
        }
        var found = request;
        request = null;
        return found;
    }

    /** False if there is none, or if the budget was spent in vain. */
    private boolean findRequest() {
        var left = Budget.OF_A_HOLD;
        while (!holdsRequest() && left > 0) {
            var message = requests.receive();
            if (message == null) {
                return false;
            }
            take(message);
            left -= Budget.cost(message);
        }
        return holdsRequest();
    }

    /** Whether one was taken out and not received. Where the peer is no longer wanted, nor is its request. */
    private boolean holdsRequest() {
        var from = requester;
        if (request != null && from != null && from.isDiscarded()) {
            request = null;
            envelope = null;
            requester = null;
            drops.count(DropReason.UNREAD, from);
        }
        return request != null;
    }

    private void take(Message message) {
        var delimiterAt = message.delimiterAt();
        if (delimiterAt < 0) {
            drops.count(DropReason.NO_DELIMITER, requests.source());
            return;
        }
        envelope = message.slice(0, delimiterAt + 1);
        requester = requests.source();
        request = message.withoutFirst(delimiterAt + 1);
    }

    @Override
    public SendResult send(Frames message) {
        var back = envelope;
        var to = requester;
        if (back == null || to == null || request != null) {
            throw new SocketStateException("a REP socket sends only the reply to a request: receive one first");
        }
        envelope = null;
        requester = null;
        if (to.hasEnded() || !to.isOpen()) {
            drops.count(DropReason.REQUESTER_GONE, to);
        } else if (to.send(back.followedBy(message.toMessage()))) {
            return SendResult.SENT;
        } else {
            drops.count(DropReason.PEER_FULL, to);
        }
        return SendResult.DROPPED;
    }

    @Override
    public boolean onlySends() {
        return true;
    }

    @Override
    public boolean canSend() {
        return owesReply();
    }

    @Override
    public Readiness readiness() {
        if (owesReply()) {
            return Readiness.NOT_READY; // a call, not a bell, changes that
        }
        if (findRequest()) {
            return Readiness.READY;
        }
        return requests.readiness() == Readiness.NOT_READY ? Readiness.NOT_READY : Readiness.LOOK_AGAIN;
    }

    @Override
    public @Nullable Pipe source() {
        return requester;
    }

    /** The request is as good as unread: who receives it next answers it. */
    @Override
    public void handBack(Message message, @Nullable Pipe from) {
        if (owesReply() && requester == from) {
            request = message;
        } else {
            drops.count(DropReason.STALE_REQUEST, from); // somebody has answered it
        }
    }

    private boolean owesReply() {
        return !holdsRequest() && envelope != null;
    }

    @Override
    public boolean alternates() {
        return true;
    }
}
