package io.lingmq.engine;

import io.lingmq.frame.CommandCollector;
import io.lingmq.frame.Inbound;
import io.lingmq.frame.TrafficDecoder;
import io.lingmq.mechanism.Seal;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;

/**
 * Opens sealed frames, and gives what they mean to a decoder. A frame must be whole before it can be opened, so it is
 * collected in an array that grows with what has come.
 *
 * <p>Threading: confined to its connection. Touches no channel and no clock.
 */
final class SealedInbound implements Inbound {
    private final Seal seal;
    private final TrafficDecoder decoder;
    private final CommandCollector frame;

    SealedInbound(Seal seal, TrafficDecoder decoder, long maxMessageSize) {
        this.seal = seal;
        this.decoder = decoder;
        var most = TrafficDecoder.LARGEST_MESSAGE;
        var largest = maxMessageSize < 0 ? most : Math.min(maxMessageSize, most); // so the sum does not overflow
        frame = new CommandCollector(Math.min(largest + seal.overhead(), most));
    }

    @Override
    public void decode(ByteBuffer in) throws ProtocolException {
        while (in.hasRemaining()) {
            if (frame.collect(in)) {
                var clear = seal.open(frame.body(), frame.size());
                frame.reset();
                decoder.decode(ByteBuffer.wrap(clear));
            }
        }
    }

    @Override
    public long takeCount() {
        return decoder.takeCount();
    }

    @Override
    public void insert(byte[] body) {
        decoder.insert(body);
    }

    @Override
    public void discard() {
        decoder.discard();
    }
}
