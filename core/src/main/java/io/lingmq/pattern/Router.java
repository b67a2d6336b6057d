package io.lingmq.pattern;

import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import io.lingmq.routing.SendResult;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * ROUTER: puts the sender's routing id in front of each message it receives, and sends each message to the peer that
 * its first frame names.
 *
 * <p>A message to nobody, or to a full peer, is dropped and counted; with {@code ROUTER_MANDATORY} the first is an
 * error and the second waits. Differs from libzmq: a peer with a routing id that is in use is disconnected instead of
 * being kept unheard, a name is free again as soon as its peer is gone, and where a connect reaches another peer than
 * before, that one's own name counts, and it gets nothing that was meant for the one before.
 *
 * <p>Source: RFC 28/REQREP, "The ROUTER Socket Type". Options: {@code ROUTER_MANDATORY}, {@code ROUTER_HANDOVER},
 * {@code PROBE_ROUTER}, {@code CONNECT_ROUTING_ID}.
 */
final class Router extends AddressedPattern {
    private final FirstMessage probe;
    /** Their names were chosen on this side, by {@code CONNECT_ROUTING_ID}: whoever is connected has that name. */
    private final Set<Pipe> chosen = new HashSet<>();

    private boolean mandatory;
    private boolean handover;

    Router(Drops drops, RandomGenerator random) {
        super("a ROUTER sends messages of at least two frames, the peer's routing id and a body", drops, random);
        probe = new FirstMessage(drops);
    }

    @Override
    public void settings(Settings settings) {
        mandatory = settings.get(Options.ROUTER_MANDATORY);
        handover = settings.get(Options.ROUTER_HANDOVER);
        probe.probe(settings);
    }

    @Override
    public void attach(Pipe pipe) {
        if (pipe.routingId().length > 0 && giveName(pipe, pipe.routingId())) {
            chosen.add(pipe);
            incoming.activate(pipe);
        }
        probe.attached(pipe);
    }

    @Override
    public void opened(Pipe pipe) {
        if (!chosen.contains(pipe)) {
            nameAsAnnounced(pipe);
        }
        probe.opened(pipe);
    }

    /** A pipe that connects sees one peer after another: each has its own name, whatever the one before was called. */
    private void nameAsAnnounced(Pipe pipe) {
        var isKnown = isKnown(pipe);
        var announced = pipe.peerRoutingId();
        if (announced.length > 0 && announced[0] != 0) {
            if (isKnown && !Arrays.equals(announced, pipe.routingId())) {
                endName(pipe);
            }
            var isNamed = giveName(pipe, announced);
            if (isKnown && !isNamed) {
                table.nameFreshly(pipe); // until it is gone
            }
        } else if (isKnown && pipe.routingId()[0] != 0) {
            endName(pipe);
            table.nameFreshly(pipe);
        } else if (!isKnown) {
            table.nameFreshly(pipe);
        }
        if (!isKnown && isKnown(pipe)) {
            incoming.activate(pipe); // only now: what a peer without a name sends cannot be told apart
        }
    }

    private boolean isKnown(Pipe pipe) {
        return table.find(pipe.routingId()) == pipe;
    }

    /** Another peer has come: it gets nothing that was meant for the one before, and is not taken for it. */
    private void endName(Pipe pipe) {
        pipe.keepUnreadApart();
        drops.count(DropReason.NO_ROUTE, pipe, pipe.dropUnsent());
        table.forget(pipe);
    }

    /** False if it is another peer's, and the pipe is refused. */
    private boolean giveName(Pipe pipe, byte[] id) {
        var holder = table.find(id);
        if (holder != null && holder != pipe) {
            if (!handover) {
                pipe.refuse("routing id " + show(id)
                        + " is in use by another peer; ROUTER_HANDOVER lets a new peer take it over");
                return false;
            }
            chosen.remove(holder);
            table.nameFreshly(holder);
            holder.refuse("another peer took over routing id " + show(id));
        }
        table.name(pipe, id);
        return true;
    }

    @Override
    public void detach(Pipe pipe) {
        super.detach(pipe);
        chosen.remove(pipe);
        probe.detached(pipe);
    }

    @Override
    SendResult sendToNobody() {
        if (mandatory) {
            return SendResult.NO_ROUTE;
        }
        drops.count(DropReason.NO_ROUTE);
        return SendResult.DROPPED;
    }

    @Override
    SendResult sendTo(Pipe pipe, Message body) {
        if (mandatory) {
            return sendOrArm(pipe, body);
        }
        if (pipe.send(body)) {
            return SendResult.SENT;
        }
        drops.count(DropReason.PEER_FULL, pipe);
        return SendResult.DROPPED;
    }

    @Override
    public boolean canSend() {
        return !mandatory || super.canSend();
    }

    @Override
    String show(byte[] id) {
        for (var octet : id) {
            if (octet <= ' ' || octet > '~') {
                return "0x" + HexFormat.of().formatHex(id);
            }
        }
        return "'" + new String(id, java.nio.charset.StandardCharsets.US_ASCII) + "'";
    }
}
