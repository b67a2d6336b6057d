package io.lingmq.engine;

import io.lingmq.security.ZapReply;
import io.lingmq.wire.Dialect;
import io.lingmq.wire.Metadata;
import java.nio.ByteBuffer;

/** The opening of a connection without a handshake: it is open at once. Threading: confined to its connection. */
final class ImmediateOpening implements Opening {
    private static final byte[] NOTHING = new byte[0];

    private final Traffic traffic;
    private final Dialect dialect;

    ImmediateOpening(Traffic traffic, Dialect dialect) {
        this.traffic = traffic;
        this.dialect = dialect;
    }

    @Override
    public boolean receive(ByteBuffer in) {
        return true;
    }

    @Override
    public boolean isPending() {
        return false;
    }

    @Override
    public boolean resume(ZapReply verdict) {
        throw new IllegalStateException("no verdict is awaited where there is no handshake");
    }

    @Override
    public byte[] takeOutput() {
        return NOTHING;
    }

    @Override
    public PeerInfo peer() {
        return new PeerInfo(null, NOTHING, dialect, Metadata.none());
    }

    @Override
    public Traffic traffic() {
        return traffic;
    }
}
