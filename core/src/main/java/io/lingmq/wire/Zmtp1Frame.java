package io.lingmq.wire;

/**
 * The header of a ZMTP 1.0 frame: the length, which counts the flags octet too, in one octet or in eight behind FF;
 * then the flags.
 *
 * <pre>
 *   short:  LENGTH(1)      FLAGS(1)  BODY(LENGTH - 1)     LENGTH from 1 to 254
 *   long:   FF  LENGTH(8)  FLAGS(1)  BODY(LENGTH - 1)     LENGTH big-endian, from 1
 * </pre>
 *
 * <p>Source: RFC 13/ZMTP 1.0.
 */
public final class Zmtp1Frame {
    /** The octet that stands before a length of eight octets. */
    public static final int LONG_MARK = 0xFF;
    /** Octets of the longest header. */
    public static final int LONGEST_HEADER = 10;

    private static final int SHORT_HEADER = 2;
    /** Largest body that the short form can carry. */
    private static final int SHORT_MAX = 253;

    private Zmtp1Frame() {}

    /** Writes a header into {@code into} at {@code at} and returns the position behind it. */
    public static int putHeader(byte[] into, int at, int flags, long bodySize) {
        var next = at;
        if (bodySize <= SHORT_MAX) {
            into[next++] = (byte) (bodySize + 1);
        } else {
            into[next++] = (byte) LONG_MARK;
            for (var shift = 56; shift >= 0; shift -= 8) {
                into[next++] = (byte) ((bodySize + 1) >>> shift);
            }
        }
        into[next++] = (byte) (flags & Frame.MORE);
        return next;
    }

    /** How many octets the header has that begins with this one. */
    public static int headerSize(int firstOctet) {
        return firstOctet == LONG_MARK ? LONGEST_HEADER : SHORT_HEADER;
    }

    /** The size of the body that a complete header announces; negative if its length has no room for the flags. */
    public static long bodySize(byte[] header) {
        return Math.max(0, length(header)) - 1;
    }

    private static long length(byte[] header) {
        if ((header[0] & 0xFF) != LONG_MARK) {
            return header[0] & 0xFF;
        }
        var length = 0L;
        for (var i = 1; i <= Long.BYTES; i++) {
            length = (length << 8) | (header[i] & 0xFF);
        }
        return length;
    }

    /** The flags of a complete header; only {@link Frame#MORE} means anything. */
    public static int flags(byte[] header) {
        return header[headerSize(header[0] & 0xFF) - 1] & Frame.MORE;
    }

    /** A whole frame as bytes of its own. */
    public static byte[] of(int flags, byte[] body) {
        var header = new byte[LONGEST_HEADER];
        var at = putHeader(header, 0, flags, body.length);
        var frame = new byte[at + body.length];
        System.arraycopy(header, 0, frame, 0, at);
        System.arraycopy(body, 0, frame, at, body.length);
        return frame;
    }
}
