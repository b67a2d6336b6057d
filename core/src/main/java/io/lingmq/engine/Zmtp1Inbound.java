package io.lingmq.engine;

import io.lingmq.frame.Inbound;
import io.lingmq.frame.TrafficDecoder;
import io.lingmq.wire.Frame;
import io.lingmq.wire.ProtocolException;
import io.lingmq.wire.Subscription;
import io.lingmq.wire.Zmtp1Frame;
import java.nio.ByteBuffer;

/**
 * Reads the frames of ZMTP 1.0: each header is translated, each body passes through as it is.
 *
 * <p>A subscriber without a version filters what it gets itself, and tells no subscription. So a publisher is told that
 * it wants all.
 *
 * <p>Threading: confined to its connection. Touches no channel and no clock.
 *
 * <p>Source: RFC 13/ZMTP 1.0; libzmq 4.3 for the subscription.
 */
final class Zmtp1Inbound implements Inbound {
    private static final byte[] ALL = new Subscription(true, new byte[0]).encode();

    private final TrafficDecoder decoder;
    private final byte[] header = new byte[Zmtp1Frame.LONGEST_HEADER];
    private final byte[] canonical = new byte[Frame.LONG_HEADER];
    private int headerFilled;
    private long bodyLeft;
    private boolean owesSubscription;

    Zmtp1Inbound(TrafficDecoder decoder, boolean subscribesToAll) {
        this.decoder = decoder;
        owesSubscription = subscribesToAll;
    }

    @Override
    public void decode(ByteBuffer in) throws ProtocolException {
        if (owesSubscription) {
            owesSubscription = false;
            decoder.insert(ALL);
        }
        while (in.hasRemaining()) {
            if (bodyLeft > 0) {
                decodeBody(in);
            } else {
                headerOctet(in.get());
            }
        }
    }

    private void headerOctet(byte octet) throws ProtocolException {
        header[headerFilled++] = octet;
        if (headerFilled == Zmtp1Frame.headerSize(header[0] & 0xFF)) {
            headerFilled = 0;
            bodyLeft = Zmtp1Frame.bodySize(header);
            if (bodyLeft < 0) {
                throw new ProtocolException("a ZMTP 1.0 frame claims a length of 0, or of more than 2^63 - 1 octets; it"
                        + " counts the flags octet, so it must be from 1 to 2^63 - 1");
            }
            var size = Frame.putHeader(canonical, 0, Zmtp1Frame.flags(header), bodyLeft);
            decoder.decode(ByteBuffer.wrap(canonical, 0, size));
        }
    }

    private void decodeBody(ByteBuffer in) throws ProtocolException {
        var size = (int) Math.min(bodyLeft, in.remaining());
        var end = in.limit();
        in.limit(in.position() + size);
        decoder.decode(in);
        in.limit(end);
        bodyLeft -= size;
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
