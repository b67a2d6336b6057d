package io.lingmq.cli.inspect;

import io.lingmq.option.SocketType;
import io.lingmq.wire.Command;
import io.lingmq.wire.Frame;
import io.lingmq.wire.Greeting;
import io.lingmq.wire.Metadata;
import io.lingmq.wire.ProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Begins to open a connection, as far as the peer has to tell what it is, and no further: it never becomes a peer of
 * the socket there. A peer of ZMTP 3 with the mechanism NULL tells its metadata unasked behind the greetings; other
 * mechanisms tell it only to who may come in.
 *
 * <p>Source: RFC 37/ZMTP, "Version Negotiation", "The NULL Security Mechanism".
 */
final class Probe {
    /** More than a greeting and a command may have. */
    static final int MOST_OCTETS = Greeting.SIZE + Frame.LONG_HEADER + 64 * 1024;

    private static final String NULL = "NULL";
    private static final int VERSION_AT = Greeting.SIGNATURE_SIZE;

    private final Wire wire;

    Probe(Wire wire) {
        this.wire = wire;
    }

    /** What the peer says; where it breaks a rule the answer says which. */
    Answer ask(Answer so) throws IOException, InterruptedException {
        var greeting = Greeting.encode(0, NULL, false);
        wire.send(Arrays.copyOf(greeting, VERSION_AT + 1));
        if (!wire.has(2)) {
            return so.but(Stranger.guess(wire.heard(), wire.ended()));
        }
        if (!Greeting.mayHaveVersion(wire.heard(), Math.min(wire.heard().length, VERSION_AT))) {
            return unversioned(so);
        }
        if (!wire.has(VERSION_AT + 1)) {
            return so.but(Stranger.guess(wire.heard(), wire.ended()));
        }
        if (!Greeting.mayHaveVersion(wire.heard(), VERSION_AT)) {
            return unversioned(so);
        }
        var major = wire.heard()[VERSION_AT] & 0xFF;
        return Greeting.dialect(major, 0).hasCommands()
                ? versioned(so, greeting)
                : older(so.speaks(Greeting.dialect(major, 0).toString()));
    }

    /** Frames of ZMTP 1.0 begin with a length and the flags 0; hardly anything else does. */
    private Answer unversioned(Answer so) {
        var heard = wire.heard();
        return heard[0] != 0 && heard[1] == 0 ? so.speaks("ZMTP 1.0") : so.but(Stranger.guess(heard, wire.ended()));
    }

    private Answer older(Answer so) throws IOException, InterruptedException {
        if (!wire.has(VERSION_AT + 2)) {
            return so.but("it does not tell its socket type");
        }
        var number = wire.heard()[VERSION_AT + 1];
        return so.is(Stream.of(SocketType.values())
                .filter(type -> type.zmtp2Number() == number)
                .map(Enum::name)
                .findFirst()
                .orElse(null));
    }

    private Answer versioned(Answer so, byte[] greeting) throws IOException, InterruptedException {
        wire.send(Arrays.copyOfRange(greeting, VERSION_AT + 1, greeting.length));
        if (!wire.has(Greeting.SIZE)) {
            return so.speaks("ZMTP 3").but("its greeting is cut off");
        }
        var peer = Greeting.parse(wire.heard());
        var known = so.speaks(peer.dialect().toString()).secured(peer.mechanism(), peer.asServer());
        if (!peer.mechanism().equals(NULL)) {
            return known.but("it tells its socket type only to who passes its security");
        }
        try {
            return handshake(known);
        } catch (ProtocolException e) {
            return known.but(String.valueOf(e.getMessage()));
        }
    }

    private Answer handshake(Answer known) throws IOException, InterruptedException, ProtocolException {
        var body = command();
        if (body == null) {
            return known.but(
                    wire.ended() ? "it closed the connection before it told its type" : "it does not tell its type");
        }
        var command = Command.parseInHandshake(body, body.length);
        return switch (command.name()) {
            case Command.READY -> known.tells(Metadata.parse(command.data().duplicate()));
            case Command.ERROR -> known.but("it refuses us: " + Command.errorReason(command));
            default -> known.but("it sent a command other than READY and ERROR");
        };
    }

    /** The body of the frame behind the greeting, or null if it does not come, or is larger than one may be. */
    private byte @Nullable [] command() throws IOException, InterruptedException, ProtocolException {
        if (!wire.has(Greeting.SIZE + Frame.SHORT_HEADER)) {
            return null;
        }
        var flags = wire.heard()[Greeting.SIZE];
        if ((flags & (Frame.COMMAND | Frame.MORE)) != Frame.COMMAND) {
            throw new ProtocolException("it sent a message before its handshake");
        }
        var begin = Greeting.SIZE + ((flags & Frame.LONG) == 0 ? Frame.SHORT_HEADER : Frame.LONG_HEADER);
        if (!wire.has(begin)) {
            return null;
        }
        var header = wire.heard();
        var size = Frame.takeHeader(ByteBuffer.wrap(header, Greeting.SIZE, begin - Greeting.SIZE));
        if (size < 0 || size > MOST_OCTETS - begin) {
            throw new ProtocolException("it announces a command of " + Long.toUnsignedString(size) + " octets");
        }
        var end = begin + (int) size;
        return wire.has(end) ? Arrays.copyOfRange(wire.heard(), begin, end) : null;
    }
}
