package io.lingmq.engine;

import io.lingmq.chain.ChainWriter;
import io.lingmq.frame.CommandSink;
import io.lingmq.frame.Inbound;

/**
 * Messages that are a datagram each.
 *
 * @param subscribesToAll whether a publisher is told that its peer wants all, since no peer can tell it
 */
record DatagramTraffic(Packing packing, boolean subscribesToAll) implements Traffic {
    @Override
    public Inbound inbound(ChainWriter into, long maxMessageSize, CommandSink commands) {
        return new DatagramInbound(into, maxMessageSize, packing, subscribesToAll);
    }

    @Override
    public Outbound outbound() {
        return new DatagramOutbound(packing);
    }
}
