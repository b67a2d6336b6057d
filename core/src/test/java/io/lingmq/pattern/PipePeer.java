package io.lingmq.pattern;

import io.lingmq.chain.ChainReader;
import io.lingmq.message.Message;
import io.lingmq.pipe.WirePipe;
import io.lingmq.support.ConnectionRecorder;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.Command;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A peer at the other end of a connection, with a real pipe in between; it speaks ZMTP 3.0. */
final class PipePeer {
    private final SocketUnderTest socket;
    private final WirePipe pipe;
    private final ConnectionRecorder connection = new ConnectionRecorder();

    PipePeer(SocketUnderTest socket, int sendMark, String connectRoutingId) {
        this.socket = socket;
        pipe = new WirePipe(socket.bells(), sendMark, 0, false);
        pipe.connectionIs(connection);
        pipe.nameAs(Zmtp.ascii(connectRoutingId));
        socket.pattern().attach(pipe);
        if (socket.pattern().isEager()) {
            socket.readAll(pipe);
        }
    }

    WirePipe pipe() {
        return pipe;
    }

    // ---- its life

    PipePeer opens(String routingId) {
        pipe.opened(Zmtp.ascii(routingId));
        socket.pattern().opened(pipe);
        return this;
    }

    /** The connection is lost, and may come back. */
    PipePeer closes() {
        closesInPart();
        socket.tidyUp();
        return this;
    }

    /** As {@link #closes}, and the socket has not tidied up yet. */
    PipePeer closesInPart() {
        pipe.closed();
        socket.pattern().closed(pipe);
        return this;
    }

    /** The connection is gone for good. */
    PipePeer leaves() {
        leavesInPart();
        socket.tidyUp();
        return this;
    }

    /** As {@link #leaves}, and the socket has not tidied up yet. */
    PipePeer leavesInPart() {
        pipe.end();
        socket.pattern().detach(pipe);
        return this;
    }

    // ---- what it says

    PipePeer says(String... frames) {
        var octets = Zmtp.message(frames);
        pipe.input().put(octets, 0, octets.length);
        pipe.input().mark();
        pipe.arrived(1);
        return this;
    }

    /** Several messages of one frame. */
    PipePeer saysEach(String... texts) {
        for (var text : texts) {
            says(text);
        }
        return this;
    }

    PipePeer subscribes(String topic) {
        return says("\1" + topic);
    }

    PipePeer cancels(String topic) {
        return says("\0" + topic);
    }

    // ---- what it hears

    /** The next message, or null. */
    Message hearsMessage() {
        var message = read(pipe.output());
        pipe.taken(message == null ? 0 : 1);
        return message;
    }

    /** The frames of the next message, or null. */
    List<String> hears() {
        var message = hearsMessage();
        return message == null ? null : message.texts();
    }

    /** The first frames of all messages for it. */
    List<String> hearsAll() {
        var all = new ArrayList<String>();
        for (var next = hears(); next != null; next = hears()) {
            all.add(next.get(0));
        }
        return all;
    }

    /** The subscriptions and cancellations for it: an octet 1 or 0, then the topic. */
    List<String> hearsSubscriptions() {
        var all = new ArrayList<String>();
        for (var next = read(pipe.control()); next != null; next = read(pipe.control())) {
            var command = next.bytes(0);
            all.add(octetFor(Command.of(command, command.length)));
        }
        return all;
    }

    private static String octetFor(Command command) {
        var octet = command.name().equals(Command.SUBSCRIBE) ? "\1" : "\0";
        return octet + new String(command.dataBytes(), StandardCharsets.US_ASCII);
    }

    private static Message read(ChainReader reader) {
        if (reader.refresh() == 0) {
            return null;
        }
        var frames = new ArrayList<byte[]>();
        int flags;
        do {
            flags = reader.next();
            frames.add(reader.take(reader.next()));
        } while ((flags & Zmtp.MORE) != 0);
        return Message.wrapFrames(frames);
    }

    /** Why it was disconnected; empty if it was not. */
    List<String> refusals() {
        return connection.takeCalls().stream()
                .filter(call -> call.startsWith("refuse: "))
                .map(call -> call.substring("refuse: ".length()))
                .toList();
    }
}
