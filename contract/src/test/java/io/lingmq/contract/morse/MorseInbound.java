package io.lingmq.contract.morse;

import io.lingmq.chain.ChainWriter;
import io.lingmq.frame.Inbound;
import io.lingmq.wire.Frame;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;

/** Reads frames, and puts canonical ones into the chain. Threading: confined to its connection. */
final class MorseInbound implements Inbound {
    private final ChainWriter into;
    private final long largest;
    private final ByteBuffer header = ByteBuffer.allocate(MorseProtocol.HEADER);
    private final byte[] canonical = new byte[Frame.LONG_HEADER];
    private boolean inBody;
    private boolean isLast;
    private int bodyLeft;
    private long messageSize;
    private boolean discards;
    private long messages;

    MorseInbound(ChainWriter into, long maxMessageSize) {
        this.into = into;
        largest = maxMessageSize < 0 ? Integer.MAX_VALUE : maxMessageSize;
    }

    @Override
    public void decode(ByteBuffer in) throws ProtocolException {
        while (in.hasRemaining()) {
            if (!inBody) {
                readHeader(in);
            }
            if (inBody) {
                readBody(in);
            }
        }
    }

    private void readHeader(ByteBuffer in) throws ProtocolException {
        while (header.hasRemaining() && in.hasRemaining()) {
            header.put(in.get());
        }
        if (!header.hasRemaining()) {
            begin(header.flip().get(), header.getInt());
            header.clear();
        }
    }

    private void begin(byte kind, int size) throws ProtocolException {
        if (kind != MorseProtocol.LAST && kind != MorseProtocol.FOLLOWED) {
            throw new ProtocolException("a frame begins with octet " + kind + ", not with '-' or '.'");
        }
        messageSize += size;
        if (size < 0 || messageSize > largest) {
            throw new ProtocolException("a message of more than " + largest + " bytes");
        }
        isLast = kind == MorseProtocol.LAST;
        inBody = true;
        bodyLeft = size;
        if (!discards) {
            into.put(canonical, 0, Frame.putHeader(canonical, 0, isLast ? 0 : Frame.MORE, size));
        }
    }

    private void readBody(ByteBuffer in) {
        var count = Math.min(bodyLeft, in.remaining());
        if (discards) {
            in.position(in.position() + count);
        } else {
            into.put(in, count);
        }
        bodyLeft -= count;
        if (bodyLeft == 0) {
            inBody = false;
            if (isLast) {
                ended();
            }
        }
    }

    private void ended() {
        messageSize = 0;
        if (!discards) {
            into.mark();
            messages++;
        }
    }

    @Override
    public long takeCount() {
        var count = messages;
        messages = 0;
        return count;
    }

    @Override
    public void insert(byte[] body) {
        var frame = Frame.of(0, body);
        into.put(frame, 0, frame.length);
        ended();
    }

    @Override
    public void discard() {
        discards = true;
        into.rollback();
    }

    @Override
    public void end() {
        into.rollback();
    }
}
