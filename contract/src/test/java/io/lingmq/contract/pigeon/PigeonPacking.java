package io.lingmq.contract.pigeon;

import io.lingmq.chain.ChainWriter;
import io.lingmq.engine.Packing;
import io.lingmq.wire.Frame;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;

/**
 * What a pigeon carries.
 *
 * <pre>
 *   datagram:  "P" *frame
 *   frame:     "-" (another one follows) or "." (the last one), SIZE(2), BODY(SIZE)
 * </pre>
 */
final class PigeonPacking implements Packing {
    /** What UDP over IPv4 can carry. */
    static final int LARGEST = 65_507;

    private static final byte SIGN = 'P';
    private static final byte FOLLOWED = '-';
    private static final byte LAST = '.';
    private static final int HEADER = 3;

    @Override
    public boolean pack(ByteBuffer frames, ByteBuffer datagram) {
        datagram.put(SIGN);
        while (frames.hasRemaining()) {
            var isFollowed = (frames.get(frames.position()) & Frame.MORE) != 0;
            var size = (int) Frame.takeHeader(frames);
            if (datagram.remaining() < HEADER + size) {
                return false;
            }
            datagram.put(isFollowed ? FOLLOWED : LAST).putShort((short) size);
            datagram.put(frames.slice(frames.position(), size));
            frames.position(frames.position() + size);
        }
        return true;
    }

    @Override
    public void unpack(ByteBuffer datagram, ChainWriter into) throws ProtocolException {
        if (datagram.get() != SIGN) {
            throw new ProtocolException("a datagram that no pigeon has brought");
        }
        byte kind;
        do {
            kind = datagram.get();
            putFrame(kind, datagram.getShort() & 0xFFFF, datagram, into);
        } while (kind == FOLLOWED);
        if (datagram.hasRemaining()) {
            throw new ProtocolException("octets behind the last frame");
        }
    }

    private static void putFrame(byte kind, int size, ByteBuffer datagram, ChainWriter into) throws ProtocolException {
        if ((kind != LAST && kind != FOLLOWED) || size > datagram.remaining()) {
            throw new ProtocolException("a frame that is none, or is cut off");
        }
        var header = new byte[Frame.LONG_HEADER];
        into.put(header, 0, Frame.putHeader(header, 0, kind == FOLLOWED ? Frame.MORE : 0, size));
        into.put(datagram, size);
    }
}
