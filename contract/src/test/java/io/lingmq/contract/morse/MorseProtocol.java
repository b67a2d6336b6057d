package io.lingmq.contract.morse;

import io.lingmq.chain.ChainWriter;
import io.lingmq.engine.Opening;
import io.lingmq.engine.Outbound;
import io.lingmq.engine.Outflow;
import io.lingmq.engine.Protocol;
import io.lingmq.engine.StagedOutbound;
import io.lingmq.engine.Traffic;
import io.lingmq.frame.CommandSink;
import io.lingmq.frame.Inbound;
import io.lingmq.mechanism.HandshakeContext;
import io.lingmq.mechanism.Mechanism;
import io.lingmq.wire.Dialect;

/**
 * A protocol as another module brings it. Each side says its socket type in a line; then come frames.
 *
 * <pre>
 *   line:   "MORSE " TYPE "\n"
 *   frame:  "-" (another one follows) or "." (the last of its message), SIZE(4), BODY(SIZE)
 * </pre>
 */
enum MorseProtocol implements Protocol, Traffic {
    INSTANCE;

    /** Octets before a body. */
    static final int HEADER = 5;

    static final byte FOLLOWED = '-';
    static final byte LAST = '.';

    @Override
    public Opening open(Mechanism mechanism, HandshakeContext context) {
        return new MorseOpening(context.type());
    }

    @Override
    public Inbound inbound(ChainWriter into, long maxMessageSize, CommandSink commands) {
        return new MorseInbound(into, maxMessageSize);
    }

    /** Of no dialect: a peer that knows no commands. */
    @Override
    public Outbound outbound() {
        return new StagedOutbound(new Outflow(Dialect.NONE), new MorseTranslation());
    }
}
