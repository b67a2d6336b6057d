package io.lingmq.frame;

import io.lingmq.wire.Frame;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Collects one frame from octets that come in pieces. Its array grows with what has come, never with what was
 * announced.
 *
 * <p>Threading: confined to its connection.
 */
public final class CommandCollector {
    private static final int FIRST_SIZE = 256;

    private final long largest;
    private int flags = -1;
    private int sizeOctetsLeft;
    private long size;
    private byte[] body = new byte[0];
    private int filled;

    /** A collector of frames whose bodies have at most so many octets. */
    public CommandCollector(long largest) {
        this.largest = largest;
    }

    /**
     * Takes octets of the frame; true when it is complete.
     *
     * @throws ProtocolException if it is larger than is accepted
     */
    public boolean collect(ByteBuffer in) throws ProtocolException {
        while (in.hasRemaining() && (flags < 0 || sizeOctetsLeft > 0)) {
            headerOctet(in.get() & 0xFF);
        }
        if (flags < 0 || sizeOctetsLeft > 0) {
            return false;
        }
        return fill(in);
    }

    /** Begins with the body: the header has been read elsewhere. */
    void begin(int frameFlags, long bodySize) throws ProtocolException {
        flags = frameFlags;
        size = bodySize;
        checkSize();
    }

    private void headerOctet(int octet) throws ProtocolException {
        if (flags < 0) {
            flags = octet;
            sizeOctetsLeft = (octet & Frame.LONG) == 0 ? 1 : Long.BYTES;
            size = 0;
            return;
        }
        size = (size << 8) | octet;
        if (--sizeOctetsLeft == 0) {
            checkSize();
        }
    }

    private void checkSize() throws ProtocolException {
        if (size < 0 || size > largest) {
            throw new ProtocolException("the peer announces a command of " + Long.toUnsignedString(size)
                    + " bytes; the most accepted is " + largest);
        }
    }

    private boolean fill(ByteBuffer in) {
        var length = (int) Math.min(size - filled, in.remaining());
        if (filled + length > body.length) {
            var doubled = Math.max(FIRST_SIZE, Math.max(filled + length, body.length * 2L));
            body = Arrays.copyOf(body, (int) Math.min(doubled, Math.max(size, FIRST_SIZE)));
        }
        in.get(body, filled, length);
        filled += length;
        return filled == size;
    }

    /** The flags octet of the frame. */
    public int flags() {
        return flags;
    }

    /** An array that begins with the frame's body; it may be longer, and is used again after {@link #reset}. */
    public byte[] body() {
        return body;
    }

    /** How many octets of the body have come: of a complete frame all. */
    public int size() {
        return filled;
    }

    /** Makes ready for the next frame. */
    public void reset() {
        flags = -1;
        filled = 0;
        size = 0;
        if (body.length > FIRST_SIZE) {
            body = new byte[0];
        }
    }
}
