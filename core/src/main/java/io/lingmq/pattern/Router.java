package io.lingmq.pattern;

import io.lingmq.error.ErrorCode;
import io.lingmq.error.LingException;
import io.lingmq.error.UnroutableException;
import io.lingmq.event.DropReason;
import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import io.lingmq.routing.FairQueue;
import io.lingmq.routing.RoutingTable;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * ROUTER: puts the sender's routing id in front of each message it receives, and sends each message to the peer that
 * its first frame names.
 *
 * <p>A message to nobody, or to a full peer, is dropped and counted; with {@code ROUTER_MANDATORY} the first is an
 * error and the second waits. Differs from libzmq: a peer with a routing id that is in use is disconnected instead of
 * being kept unheard, and a name is free again as soon as its peer is gone.
 *
 * <p>Source: RFC 28/REQREP, "The ROUTER Socket Type". Options: {@code ROUTER_MANDATORY}, {@code ROUTER_HANDOVER},
 * {@code PROBE_ROUTER}, {@code CONNECT_ROUTING_ID}.
 */
final class Router implements Pattern {
    private static final int LONGEST_ID = 255;

    private final RoutingTable table = new RoutingTable();
    private final FairQueue incoming = new FairQueue();
    private final Drops drops;
    private boolean mandatory;
    private boolean handover;
    private boolean probes;

    Router(Drops drops) {
        this.drops = drops;
    }

    @Override
    public void settings(Settings settings) {
        mandatory = settings.get(Options.ROUTER_MANDATORY);
        handover = settings.get(Options.ROUTER_HANDOVER);
        probes = settings.get(Options.PROBE_ROUTER);
    }

    @Override
    public void attach(Pipe pipe) {
        if (pipe.routingId().length > 0) {
            giveName(pipe, pipe.routingId());
            if (table.find(pipe.routingId()) == pipe) {
                incoming.activate(pipe);
            }
        }
        if (probes) {
            pipe.send(Message.empty());
        }
    }

    @Override
    public void opened(Pipe pipe) {
        var isKnown = table.find(pipe.routingId()) == pipe;
        if (isKnown && pipe.routingId()[0] != 0) {
            return;
        }
        var announced = pipe.peerRoutingId();
        if (announced.length > 0 && announced[0] != 0) {
            giveName(pipe, announced);
        } else if (!isKnown) {
            table.nameFreshly(pipe);
        }
        if (!isKnown && table.find(pipe.routingId()) == pipe) {
            incoming.activate(pipe); // only now: what a peer without a name sends cannot be told apart
        }
    }

    private void giveName(Pipe pipe, byte[] id) {
        var holder = table.find(id);
        if (holder != null && holder != pipe) {
            if (!handover) {
                pipe.refuse("routing id " + show(id)
                        + " is in use by another peer; ROUTER_HANDOVER lets a new peer take it over");
                return;
            }
            table.nameFreshly(holder);
            holder.refuse("another peer took over routing id " + show(id));
        }
        table.name(pipe, id);
    }

    @Override
    public void detach(Pipe pipe) {
        table.forget(pipe);
        incoming.detach(pipe);
    }

    @Override
    public void readable(Pipe pipe) {
        incoming.activate(pipe);
    }

    @Override
    public void writable(Pipe pipe) {
        // Nothing to do: the pipe is looked up when a message is addressed to it.
    }

    @Override
    public boolean send(Frames frames) {
        var message = frames.toMessage();
        checkAddressed(message);
        var pipe = table.find(message.array(0));
        return pipe == null ? sendToNobody(message) : sendTo(pipe, message.from(1));
    }

    private boolean sendToNobody(Message message) {
        if (mandatory) {
            throw new UnroutableException(
                    "no peer has the routing id " + show(message.array(0)) + "; it never connected, or it is gone");
        }
        drops.count(DropReason.NO_ROUTE);
        return true;
    }

    private boolean sendTo(Pipe pipe, Message body) {
        if (pipe.send(body)) {
            return true;
        }
        if (mandatory) {
            pipe.writable().rest(); // it stays so, if there is room after all: others may wait for the same peer
            return pipe.canSend() && pipe.send(body);
        }
        drops.count(DropReason.PEER_FULL);
        return true;
    }

    @Override
    public @Nullable Message receive() {
        var message = incoming.receive();
        var source = incoming.source();
        return message == null || source == null ? null : message.withFirst(source.routingId());
    }

    @Override
    public boolean sendsSelectively() {
        return true;
    }

    /** The peer that it is addressed to. */
    @Override
    public Object lane(Message message) {
        return ByteBuffer.wrap(message.array(0));
    }

    @Override
    public boolean onlySends() {
        return true;
    }

    @Override
    public boolean canSend() {
        if (!mandatory) {
            return true;
        }
        for (var pipe : table.pipes()) {
            if (pipe.canSend()) {
                return true;
            }
            pipe.writable().rest();
            if (pipe.canSend()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean canReceive() {
        return incoming.canReceive();
    }

    private static void checkAddressed(Message message) {
        if (!message.isMultipart()) {
            throw new LingException(
                    ErrorCode.INVALID,
                    "a ROUTER sends messages of at least two frames, the peer's"
                            + " routing id and a body; this one has a single frame");
        }
        if (message.size(0) == 0 || message.size(0) > LONGEST_ID) {
            throw new LingException(
                    ErrorCode.INVALID,
                    "a routing id has 1 to 255 bytes; the first frame of this" + " message has " + message.size(0));
        }
    }

    private static String show(byte[] id) {
        for (var octet : id) {
            if (octet <= ' ' || octet > '~') {
                return "0x" + HexFormat.of().formatHex(id);
            }
        }
        return "'" + new String(id, java.nio.charset.StandardCharsets.US_ASCII) + "'";
    }
}
