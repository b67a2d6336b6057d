package io.lingmq.engine;

import io.lingmq.chain.ChainWriter;
import io.lingmq.frame.CommandSink;
import io.lingmq.frame.Inbound;
import io.lingmq.frame.TrafficDecoder;
import io.lingmq.mechanism.Seal;
import io.lingmq.wire.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * The traffic of ZMTP in any of its versions. That of ZMTP 3 is canonical, and passes through; the frames of ZMTP 1.0
 * are translated.
 *
 * @param dialect what the peer speaks
 * @param publishes whether the own socket publishes: an unversioned peer then gets all, as it subscribes to nothing
 * @param seal protects the frames of ZMTP 3, where the handshake has agreed on that
 */
record ZmtpTraffic(
        Dialect dialect, boolean publishes, @Nullable Seal seal) implements Traffic {
    @Override
    public Inbound inbound(ChainWriter into, long maxMessageSize, CommandSink commands) {
        var decoder = new TrafficDecoder(into, maxMessageSize, commands);
        if (seal != null) {
            return new SealedInbound(seal, decoder, maxMessageSize);
        }
        var subscribesToAll = publishes && dialect == Dialect.UNVERSIONED;
        return dialect.hasOldFrames() ? new Zmtp1Inbound(decoder, subscribesToAll) : decoder;
    }

    @Override
    public Outbound outbound() {
        var canonical = new Outflow(dialect);
        if (seal != null) {
            return new StagedOutbound(canonical, new SealTranslation(seal));
        }
        return dialect.hasOldFrames() ? new StagedOutbound(canonical, new Zmtp1Translation()) : canonical;
    }
}
