package io.lingmq.frame;

import io.lingmq.message.Message;
import io.lingmq.pipe.WirePipe;
import io.lingmq.support.BellRecorder;
import io.lingmq.wire.Command;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A decoder with the pipe that it fills, as a connection has them; commands are noted as texts. */
final class DecodedStream implements CommandSink {
    static final int UNLIMITED = -1;

    final WirePipe pipe = new WirePipe(new BellRecorder(), 0, 0, false);
    final List<String> commands = new ArrayList<>();
    private final TrafficDecoder decoder;

    DecodedStream(long maxMessageSize) {
        decoder = new TrafficDecoder(pipe.input(), maxMessageSize, this);
    }

    /** Notes the command; a SUBSCRIBE is put between the messages too, as a publisher's connection does it. */
    @Override
    public void onCommand(Command command, boolean inMessage) {
        var data = new String(command.dataBytes(), StandardCharsets.ISO_8859_1);
        commands.add((inMessage ? "inside " : "") + command.name() + " " + data);
        if (command.name().equals(Command.SUBSCRIBE)) {
            decoder.insert(("subscription to " + data).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    DecodedStream feed(byte[] octets) throws ProtocolException {
        return feed(ByteBuffer.wrap(octets));
    }

    DecodedStream feed(ByteBuffer octets) throws ProtocolException {
        try {
            decoder.decode(octets);
        } finally {
            pipe.arrived(decoder.takeCount());
        }
        return this;
    }

    DecodedStream discard() {
        decoder.discard();
        return this;
    }

    DecodedStream feedInPieces(byte[] octets, int pieceSize) throws ProtocolException {
        for (var at = 0; at < octets.length; at += pieceSize) {
            feed(ByteBuffer.wrap(octets, at, Math.min(pieceSize, octets.length - at)));
        }
        return this;
    }

    /** All messages that are whole. */
    List<Message> messages() {
        var all = new ArrayList<Message>();
        Message message;
        while ((message = pipe.receive()) != null) {
            all.add(message);
        }
        return all;
    }
}
