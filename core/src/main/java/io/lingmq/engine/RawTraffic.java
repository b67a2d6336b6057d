package io.lingmq.engine;

import io.lingmq.chain.ChainWriter;
import io.lingmq.frame.CommandSink;
import io.lingmq.frame.Inbound;
import io.lingmq.wire.Dialect;

/**
 * Octets as they are: what one read brings is a message, and of a message its bodies are written.
 *
 * @param notifies whether an empty message tells that the peer has come, and another one that it has gone
 */
record RawTraffic(boolean notifies) implements Traffic {
    @Override
    public Inbound inbound(ChainWriter into, long maxMessageSize, CommandSink commands) {
        return new RawInbound(into, maxMessageSize, notifies);
    }

    @Override
    public Outbound outbound() {
        return new StagedOutbound(new Outflow(Dialect.NONE), new RawTranslation());
    }
}
