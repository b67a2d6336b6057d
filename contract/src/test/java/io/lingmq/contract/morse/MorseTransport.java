package io.lingmq.contract.morse;

import io.lingmq.contract.tin.TinTransport;
import io.lingmq.engine.Protocol;
import io.lingmq.option.SocketType;

/** A transport with a protocol of its own: a tin on which nobody speaks ZMTP. */
public final class MorseTransport extends TinTransport {
    /** As the service loader wants it. */
    public MorseTransport() {}

    @Override
    public String scheme() {
        return "morse";
    }

    @Override
    public Protocol protocol(SocketType type) {
        return MorseProtocol.INSTANCE;
    }
}
