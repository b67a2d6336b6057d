package io.lingmq.pattern;

import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import io.lingmq.routing.SendResult;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * STREAM: puts the sender's routing id in front of the octets it receives, and writes what follows the first frame of a
 * message to the peer that this names. An empty message from a peer tells that it has come or gone; an empty one to a
 * peer ends its connection when all before it is written, and what that peer has said and nobody has received is thrown
 * away.
 *
 * <p>A message to nobody is an error, and one to a full peer waits. Differs from libzmq: what was sent before the empty
 * message still leaves, and of a message with several frames behind the first all are written.
 *
 * <p>Source: libzmq, {@code zmq_socket}, "ZMQ_STREAM". Options: {@code STREAM_NOTIFY}, {@code CONNECT_ROUTING_ID}.
 */
final class Stream extends AddressedPattern {
    Stream(Drops drops, RandomGenerator random) {
        super("a STREAM sends messages of at least two frames, the peer's routing id and its octets", drops, random);
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
            pipe.refuse("routing id " + show(chosen) + " is in use by another peer");
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
    SendResult sendToNobody() {
        return SendResult.NO_ROUTE;
    }

    @Override
    SendResult sendTo(Pipe pipe, Message octets) {
        if (octets.totalSize() == 0) {
            hangUp(pipe);
            return SendResult.SENT;
        }
        return sendOrArm(pipe, octets);
    }

    /** Nobody can send to it any more, and nobody hears what it has said, nor what it says before it learns of that. */
    private void hangUp(Pipe pipe) {
        table.forget(pipe);
        drops.count(DropReason.UNREAD, pipe, pipe.discardUnread());
        incoming.detach(pipe);
        pipe.hangUp();
    }

    @Override
    String show(byte[] id) {
        return "0x" + HexFormat.of().formatHex(id);
    }
}
