package io.lingmq.engine;

import io.lingmq.pipe.ChainWriter;
import io.lingmq.wire.Dialect;

/**
 * The traffic of ZMTP in any of its versions. That of ZMTP 3 is canonical, and passes through; the frames of ZMTP 1.0
 * are translated.
 *
 * @param dialect what the peer speaks
 * @param publishes whether the own socket publishes: an unversioned peer then gets all, as it subscribes to nothing
 */
record ZmtpTraffic(Dialect dialect, boolean publishes) implements Traffic {
    @Override
    public Inbound inbound(ChainWriter into, long maxMessageSize, CommandSink commands) {
        var decoder = new TrafficDecoder(into, maxMessageSize, commands);
        var subscribesToAll = publishes && dialect == Dialect.UNVERSIONED;
        return dialect.hasOldFrames() ? new Zmtp1Inbound(decoder, subscribesToAll) : decoder;
    }

    @Override
    public Outbound outbound() {
        var canonical = new Outflow(dialect);
        return dialect.hasOldFrames() ? new StagedOutbound(canonical, new Zmtp1Translation()) : canonical;
    }
}
