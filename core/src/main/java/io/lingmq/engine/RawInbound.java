package io.lingmq.engine;

import io.lingmq.chain.ChainWriter;
import io.lingmq.frame.Inbound;
import io.lingmq.wire.Frame;
import java.nio.ByteBuffer;

/**
 * Octets of a peer that speaks no ZMTP: what one read brings is a message of one frame, or several where it is larger
 * than a message may be. An empty message tells that the peer has come or gone; so what stands between two of them is
 * one connection's.
 *
 * <p>Threading: confined to its connection. Touches no channel and no clock.
 *
 * <p>Source: libzmq, {@code ZMQ_STREAM} and {@code ZMQ_STREAM_NOTIFY}.
 */
final class RawInbound implements Inbound {
    private static final int LARGEST_CHUNK = 64 * 1024;

    private final ChainWriter into;
    private final int largest;
    private final boolean notifies;
    private final byte[] header = new byte[Frame.LONG_HEADER];
    private boolean begun;
    private boolean discards;
    private long messages;

    RawInbound(ChainWriter into, long maxMessageSize, boolean notifies) {
        this.into = into;
        largest = maxMessageSize < 1 ? LARGEST_CHUNK : (int) Math.min(maxMessageSize, LARGEST_CHUNK);
        this.notifies = notifies;
    }

    @Override
    public void decode(ByteBuffer in) {
        if (!begun) {
            begun = true;
            notice();
        }
        while (in.hasRemaining()) {
            var size = Math.min(in.remaining(), largest);
            if (discards) {
                in.position(in.position() + size);
            } else {
                put(in, size);
            }
        }
    }

    private void notice() {
        if (notifies && !discards) {
            put(ByteBuffer.allocate(0), 0);
        }
    }

    private void put(ByteBuffer in, int size) {
        into.put(header, 0, Frame.putHeader(header, 0, 0, size));
        into.put(in, size);
        into.mark();
        messages++;
    }

    @Override
    public long takeCount() {
        var count = messages;
        messages = 0;
        return count;
    }

    @Override
    public void insert(byte[] body) {
        put(ByteBuffer.wrap(body), body.length);
    }

    @Override
    public void discard() {
        discards = true;
    }

    @Override
    public void end() {
        if (begun) {
            notice();
        }
    }
}
