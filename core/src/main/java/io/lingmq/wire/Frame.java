package io.lingmq.wire;

import java.nio.ByteBuffer;

/**
 * The header of a ZMTP 3 frame: one flags octet, then the body's size in one octet or in eight.
 *
 * <pre>
 *   short:  FLAGS(1)  SIZE(1)  BODY(SIZE)     LONG flag clear
 *   long:   FLAGS(1)  SIZE(8)  BODY(SIZE)     LONG flag set, size big-endian, top bit clear
 * </pre>
 *
 * <p>Source: RFC 37/ZMTP, "Framing".
 */
public final class Frame {
    /** Another frame of the same message follows. */
    public static final int MORE = 1;
    /** The size has eight octets. */
    public static final int LONG = 2;
    /** The body is a command. */
    public static final int COMMAND = 4;
    /** Octets of the short header. */
    public static final int SHORT_HEADER = 2;
    /** Octets of the long header. */
    public static final int LONG_HEADER = 9;
    /** Largest body that the short form can carry. */
    public static final int SHORT_MAX = 255;

    private Frame() {}

    /** Octets that the header of a body of this size takes. */
    public static int headerSize(long bodySize) {
        return bodySize <= SHORT_MAX ? SHORT_HEADER : LONG_HEADER;
    }

    /** Writes a header into {@code into} at {@code at} and returns the position behind it. */
    public static int putHeader(byte[] into, int at, int flags, long bodySize) {
        if (bodySize <= SHORT_MAX) {
            into[at] = (byte) flags;
            into[at + 1] = (byte) bodySize;
            return at + SHORT_HEADER;
        }
        into[at] = (byte) (flags | LONG);
        for (var i = 0; i < Long.BYTES; i++) {
            into[at + 1 + i] = (byte) (bodySize >>> (56 - 8 * i));
        }
        return at + LONG_HEADER;
    }

    /** Whether a whole header comes next in the buffer. */
    public static boolean hasHeader(ByteBuffer in) {
        return in.remaining() >= SHORT_HEADER && ((in.get(in.position()) & LONG) == 0 || in.remaining() >= LONG_HEADER);
    }

    /** Takes the header that {@linkplain #hasHeader comes next}, and returns the size of the body behind it. */
    public static long takeHeader(ByteBuffer in) {
        return (in.get() & LONG) == 0 ? in.get() & 0xFF : in.getLong();
    }

    /** A whole frame as bytes of its own, for commands and tests. */
    public static byte[] of(int flags, byte[] body) {
        var frame = new byte[headerSize(body.length) + body.length];
        var at = putHeader(frame, 0, flags, body.length);
        System.arraycopy(body, 0, frame, at, body.length);
        return frame;
    }
}
