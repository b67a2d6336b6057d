package io.lingmq.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The body of a command frame: a name and its data.
 *
 * <pre>
 *   command = NAME-LENGTH(1)  NAME  DATA
 * </pre>
 *
 * <p>Source: RFC 37/ZMTP, "Commands".
 *
 * @param name the command's name, for example {@code READY}
 * @param data what follows the name
 */
public record Command(String name, ByteBuffer data) {
    /** Ends a NULL handshake; carries metadata. */
    public static final String READY = "READY";
    /** Refuses a handshake; carries a reason. */
    public static final String ERROR = "ERROR";
    /** Begins a PLAIN handshake; carries user name and password. */
    public static final String HELLO = "HELLO";
    /** Answers HELLO: the peer may go on. */
    public static final String WELCOME = "WELCOME";
    /** Answers WELCOME; carries metadata. */
    public static final String INITIATE = "INITIATE";
    /** Asks for messages with a prefix. */
    public static final String SUBSCRIBE = "SUBSCRIBE";
    /** Takes back a SUBSCRIBE. */
    public static final String CANCEL = "CANCEL";
    /** Asks for a sign of life. */
    public static final String PING = "PING";
    /** Answers a PING. */
    public static final String PONG = "PONG";

    private static final byte[] MISSPELT_ERROR = "^RROR".getBytes(StandardCharsets.US_ASCII);
    private static final int SHOWN_REASON = 255;

    /**
     * Reads the body of a command frame.
     *
     * @throws ProtocolException if it is malformed
     */
    public static Command parse(byte[] body, int length) throws ProtocolException {
        if (!isOne(body, length)) {
            throw new ProtocolException("a command's name must have 1 to 255 octets within its body of " + length);
        }
        return of(body, length);
    }

    /** Whether a frame's body has the name that a command must have. */
    public static boolean isOne(byte[] body, int length) {
        return length > 0 && body[0] != 0 && (body[0] & 0xFF) < length;
    }

    /** The command of a frame whose body {@linkplain #isOne is one}. */
    public static Command of(byte[] body, int length) {
        assert isOne(body, length);
        var nameLength = body[0] & 0xFF;
        var name = new String(body, 1, nameLength, StandardCharsets.ISO_8859_1);
        return new Command(
                name,
                ByteBuffer.wrap(body, 1 + nameLength, length - 1 - nameLength).slice());
    }

    /**
     * As {@link #parse}, in a handshake. Takes ERROR also as libzmq up to 4.3.5 spells it in PLAIN: {@code 5E 52 52 4F
     * 52}, without the name's length.
     *
     * @throws ProtocolException if it is malformed
     */
    public static Command parseInHandshake(byte[] body, int length) throws ProtocolException {
        var prefix = MISSPELT_ERROR.length;
        if (length >= prefix
                && Arrays.equals(body, 0, prefix, MISSPELT_ERROR, 0, prefix)
                && MISSPELT_ERROR[0] > length - 1) {
            return new Command(
                    ERROR, ByteBuffer.wrap(body, prefix, length - prefix).slice());
        }
        return parse(body, length);
    }

    /** An ERROR command frame with a reason, of which the first 255 octets are told. */
    public static byte[] errorFrame(String reason) {
        var octets = reason.getBytes(StandardCharsets.UTF_8);
        var length = Math.min(octets.length, SHOWN_REASON);
        var data = new byte[1 + length];
        data[0] = (byte) length;
        System.arraycopy(octets, 0, data, 1, length);
        return frame(ERROR, data);
    }

    /** A whole command frame with the given data. */
    public static byte[] frame(String name, byte[] data) {
        return Frame.of(Frame.COMMAND, body(name, data));
    }

    /** The body of a command frame. */
    public static byte[] body(String name, byte[] data) {
        var octets = name.getBytes(StandardCharsets.US_ASCII);
        var body = new byte[1 + octets.length + data.length];
        body[0] = (byte) octets.length;
        System.arraycopy(octets, 0, body, 1, octets.length);
        System.arraycopy(data, 0, body, 1 + octets.length, data.length);
        return body;
    }

    /**
     * The reason that an ERROR command carries, cleaned for printing.
     *
     * @throws ProtocolException if the command ends before its reason does
     */
    public static String errorReason(Command error) throws ProtocolException {
        var data = error.data().duplicate();
        if (!data.hasRemaining() || (data.get(data.position()) & 0xFF) > data.remaining() - 1) {
            throw new ProtocolException("an ERROR command's reason is longer than the command");
        }
        var reason = new byte[Math.min(data.get() & 0xFF, SHOWN_REASON)];
        data.get(reason);
        return new String(reason, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?");
    }

    /** A command with the given data. */
    public static Command of(String name, byte[] data) {
        return new Command(name, ByteBuffer.wrap(data));
    }

    /** This command as a whole frame. */
    public byte[] frame() {
        return frame(name, dataBytes());
    }

    /** A copy of the data. */
    public byte[] dataBytes() {
        var copy = new byte[data.remaining()];
        data.duplicate().get(copy);
        return copy;
    }

    @Override
    public String toString() {
        return name + Arrays.toString(dataBytes());
    }
}
