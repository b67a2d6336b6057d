package io.lingmq.engine;

import io.lingmq.wire.Dialect;
import io.lingmq.wire.Frame;
import io.lingmq.wire.Greeting;
import io.lingmq.wire.ProtocolException;
import io.lingmq.wire.Zmtp1Frame;
import java.nio.ByteBuffer;

/**
 * The first frame of a peer older than ZMTP 3.0, whose body is its routing id.
 *
 * <p>Where the peer has no version it is the first thing to come at all, and tells a ZMTP 1.0 peer from one that speaks
 * something else: no other flag than MORE is set, and the body has at most 255 octets.
 *
 * <p>Threading: confined to its opening.
 *
 * <p>Source: RFC 13/ZMTP 1.0; RFC 15/ZMTP 2.0.
 */
final class RoutingIdFrame {
    private static final int LONGEST = 255;

    private final Dialect dialect;
    private final byte[] header = new byte[Zmtp1Frame.LONGEST_HEADER];
    private int headerFilled;
    private boolean headerIsComplete;
    private byte[] routingId = new byte[0];
    private int filled;

    RoutingIdFrame(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Takes octets of the frame; true when it is complete. */
    boolean collect(ByteBuffer in) throws ProtocolException {
        while (!headerIsComplete && in.hasRemaining()) {
            header[headerFilled++] = in.get();
            headerIsComplete = headerFilled == headerSize();
            if (headerIsComplete) {
                headerComplete(in);
            }
        }
        var size = Math.min(in.remaining(), routingId.length - filled);
        in.get(routingId, filled, size);
        filled += size;
        return headerIsComplete && filled == routingId.length;
    }

    private int headerSize() {
        if (dialect.hasOldFrames()) {
            return Zmtp1Frame.headerSize(header[0] & 0xFF);
        }
        return (header[0] & Frame.LONG) == 0 ? Frame.SHORT_HEADER : Frame.LONG_HEADER;
    }

    private void headerComplete(ByteBuffer behind) throws ProtocolException {
        var size = dialect.hasOldFrames() ? Zmtp1Frame.bodySize(header) : size();
        var isLegal = size >= 0 && size <= LONGEST;
        if (dialect == Dialect.UNVERSIONED && (!isLegal || (header[headerFilled - 1] & ~Frame.MORE) != 0)) {
            throw impostor(behind);
        }
        if (dialect == Dialect.ZMTP_2_0 && (header[0] & ~(Frame.MORE | Frame.LONG)) != 0) {
            throw new ProtocolException("the peer's first frame has the flags " + (header[0] & 0xFF)
                    + "; it must be its routing id, and have none");
        }
        if (!isLegal) {
            throw new ProtocolException(
                    "the peer's routing id has " + Long.toUnsignedString(size) + " octets; the most is " + LONGEST);
        }
        routingId = new byte[(int) size];
    }

    private ProtocolException impostor(ByteBuffer behind) {
        var more = Math.min(behind.remaining(), header.length - headerFilled);
        behind.get(header, headerFilled, more);
        return Greeting.impostor(header, headerFilled + more);
    }

    private long size() {
        var size = 0L;
        for (var i = 1; i < headerFilled; i++) {
            size = (size << 8) | (header[i] & 0xFF);
        }
        return size;
    }

    byte[] routingId() {
        return routingId;
    }

    /** A routing id as the first frame that such a peer is sent. */
    static byte[] encode(byte[] routingId, Dialect dialect) {
        return dialect.hasOldFrames() ? Zmtp1Frame.of(0, routingId) : Frame.of(0, routingId);
    }
}
