package io.lingmq.engine;

import io.lingmq.chain.ChainWriter;
import io.lingmq.frame.CommandSink;
import io.lingmq.frame.Inbound;

/**
 * What an open connection speaks: how the peer's octets are read, and how messages and commands are written.
 *
 * <p>Contract: each of the two methods is called once for a connection, and does not block.
 *
 * <p>Threading: the connection's I/O thread.
 */
public interface Traffic {
    /**
     * The reading half.
     *
     * @param into the chain that whole messages are put into, as canonical frames
     * @param maxMessageSize the most bytes of one message, in all its frames; -1 for as many as an array can hold
     * @param commands hears the peer's commands
     */
    Inbound inbound(ChainWriter into, long maxMessageSize, CommandSink commands);

    /** The writing half. */
    Outbound outbound();
}
