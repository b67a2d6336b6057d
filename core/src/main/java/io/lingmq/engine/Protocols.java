package io.lingmq.engine;

import io.lingmq.mechanism.HandshakeContext;
import io.lingmq.mechanism.Mechanism;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.wire.Dialect;

/** The protocols that socket types speak where the transport has none of its own, and one for datagrams. */
public final class Protocols {
    private static final Protocol ZMTP = ZmtpOpening::new;
    private static final Protocol RAW = (mechanism, context) ->
            new ImmediateOpening(new RawTraffic(context.settings().get(Options.STREAM_NOTIFY)), Dialect.NONE);

    private Protocols() {}

    /**
     * A protocol in which each message is one datagram. There is no handshake: nobody learns who the peer is, or
     * whether there is one. Nothing is subscribed to: a publisher sends all, and its subscribers choose.
     */
    public static Protocol datagrams(Packing packing) {
        return new Datagrams(packing);
    }

    /** The protocol of sockets of that type on a plain byte stream. */
    public static Protocol of(SocketType type) {
        return type.isRaw() ? RAW : ZMTP;
    }

    private record Datagrams(Packing packing) implements Protocol {
        @Override
        public Opening open(Mechanism mechanism, HandshakeContext context) {
            var traffic = new DatagramTraffic(packing, context.type().publishes());
            return new ImmediateOpening(traffic, Dialect.DATAGRAMS);
        }

        @Override
        public boolean readsDatagrams() {
            return true;
        }
    }
}
