package io.lingmq.engine;

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
final class CommandCollector {
    private static final int FIRST_SIZE = 256;

    private final long largest;
    private int flags = -1;
    private int sizeOctetsLeft;
    private long size;
    private byte[] body = new byte[0];
    private int filled;

    CommandCollector(long largest) {
        this.largest = largest;
    }

    /** Takes octets of the frame; true when it is complete. */
    boolean collect(ByteBuffer in) throws ProtocolException {
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

    int flags() {
        return flags;
    }

    byte[] body() {
        return body;
    }

    int size() {
        return filled;
    }

    /** Makes ready for the next frame. */
    void reset() {
        flags = -1;
        filled = 0;
        size = 0;
        if (body.length > FIRST_SIZE) {
            body = new byte[0];
        }
    }
}
