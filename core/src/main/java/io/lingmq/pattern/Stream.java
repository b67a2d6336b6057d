package io.lingmq.pattern;

import io.lingmq.error.ErrorCode;
import io.lingmq.error.LingException;
import io.lingmq.error.UnroutableException;
import io.lingmq.event.DropReason;
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
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * STREAM: puts the sender's routing id in front of the octets it receives, and writes what follows the first frame of a
 * message to the peer that this names. An empty message from a peer tells that it has come or gone; an empty one to a
 * peer ends its connection when all before it is written.
 *
 * <p>A message to nobody is an error, and one to a full peer waits. Differs from libzmq: what was sent before the empty
 * message still leaves, and of a message with several frames behind the first all are written.
 *
 * <p>Source: libzmq, {@code zmq_socket}, "ZMQ_STREAM". Options: {@code STREAM_NOTIFY}, {@code CONNECT_ROUTING_ID}.
 */
final class Stream implements Pattern {
    private static final int LONGEST_ID = 255;

    private final RoutingTable table;
    private final FairQueue incoming;
    private final Drops drops;
    private final ArrayDeque<Message> handedBack = new ArrayDeque<>();
    private @Nullable Pipe source;

    Stream(Drops drops, RandomGenerator random) {
        table = new RoutingTable(random);
        incoming = new FairQueue(drops);
        this.drops = drops;
    }

    /**
     * A pipe that connects keeps its name, whoever it reaches. Where that is another's, its connections are refused
     * until it is free.
     */
    @Override
    public void attach(Pipe pipe) {
        var chosen = pipe.routingId();
        if (chosen.length == 0) {
            table.nameFreshly(pipe);
        } else if (table.find(chosen) == null) {
            table.name(pipe, chosen);
        } else {
            pipe.refuse("routing id 0x" + HexFormat.of().formatHex(chosen) + " is in use by another peer");
            return;
        }
        incoming.activate(pipe);
    }

    /** Where the chosen name was in use before there was a connection to refuse, or is free by now. */
    @Override
    public void opened(Pipe pipe) {
        if (table.find(pipe.routingId()) != pipe && !pipe.isHungUp()) {
            dropUnheard(pipe);
            attach(pipe);
        }
    }

    /** Nobody is to hear what came on connections that were refused. */
    private void dropUnheard(Pipe pipe) {
        while (pipe.receive() != null) {
            drops.count(DropReason.UNREAD, pipe);
        }
    }

    @Override
    public void detach(Pipe pipe) {
        table.forget(pipe);
        incoming.detach(pipe);
    }

    @Override
    public boolean readable(Pipe pipe) {
        incoming.activate(pipe);
        return true;
    }

    @Override
    public void writable(Pipe pipe) {
        // Nothing to do: the pipe is looked up when a message is addressed to it.
    }

    @Override
    public SendResult send(Frames frames) {
        if (!isAddressed(frames)) {
            return SendResult.NOT_ADDRESSED;
        }
        var message = frames.toMessage();
        var pipe = table.find(message.array(0));
        if (pipe == null) {
            return SendResult.NO_ROUTE;
        }
        var octets = message.from(1);
        if (octets.totalSize() == 0) {
            table.forget(pipe); // nobody can send to it any more
            pipe.hangUp();
            return SendResult.SENT;
        }
        if (pipe.send(octets)) {
            return SendResult.SENT;
        }
        pipe.writable().arm(); // it stays so, if there is room after all: others may wait for the same peer
        return pipe.canSend() && pipe.send(octets) ? SendResult.SENT : SendResult.PEER_FULL;
    }

    private static boolean isAddressed(Frames message) {
        return message.frameCount() > 1 && message.size(0) > 0 && message.size(0) <= LONGEST_ID;
    }

    @Override
    public LingException refusal(Frames message, SendResult why) {
        if (why == SendResult.NO_ROUTE) {
            var id = HexFormat.of().formatHex(message.toMessage().array(0));
            return new UnroutableException(
                    "no peer has the routing id 0x" + id + "; it never connected, or it is gone");
        }
        return new LingException(
                ErrorCode.INVALID,
                message.frameCount() < 2
                        ? "a STREAM sends messages of at least two frames, the peer's routing id and its octets; this"
                                + " one has a single frame"
                        : "a routing id has 1 to 255 bytes; the first frame of this message has " + message.size(0));
    }

    @Override
    public @Nullable Message receive() {
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
        return message.withFirst(from.sender());
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
    public Readiness readiness() {
        return handedBack.isEmpty() ? incoming.readiness() : Readiness.READY;
    }

    @Override
    public @Nullable Pipe source() {
        return source;
    }

    /** With the name that it was received with. */
    @Override
    public void handBack(Message message, @Nullable Pipe from) {
        handedBack.addFirst(message);
    }
}
