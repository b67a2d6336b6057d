package io.lingmq.pattern;

import io.lingmq.message.Frames;

/**
 * What peers may make a pattern do in one hold of its socket's lock. A peer may send messages that are to be dropped
 * faster than they can be dropped, and others wait for the lock meanwhile. The budget is spent after 1024 small
 * messages, or after a megabyte; that takes some tens of microseconds. To take a topic out of a large table takes
 * longer, so there are at most 256 of that.
 */
final class Budget {
    /** What may be spent in one hold of the lock. */
    static final long OF_A_HOLD = 1L << 20;

    /** What it costs to look at a peer, whether it has said something or not. */
    static final long COST_OF_LOOK = 960;

    private static final long COST_OF_MESSAGE = 960;
    private static final long COST_OF_FRAME = 64;

    private static final long COST_OF_TOPIC = 4096;
    private static final long COST_OF_HOLDER = 16;

    private Budget() {}

    /** What a message costs. */
    static long cost(Frames message) {
        return COST_OF_MESSAGE + COST_OF_FRAME * message.frameCount() + message.totalSize();
    }

    /** What it costs to take so many out of a topic's holders, where so many others stay. */
    static long cost(byte[] topic, int out, int stay) {
        return (COST_OF_TOPIC + topic.length) * Math.max(1, out) + COST_OF_HOLDER * stay;
    }
}
