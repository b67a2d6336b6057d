package io.lingmq.engine;

import java.nio.ByteBuffer;

/**
 * Turns canonical frames into what the peer reads: a dialect, or a seal.
 *
 * <p>Contract: what it takes is never given to it again. What it leaves, since that must be whole before it can be
 * translated, is given again with more behind it. No channel, no clock.
 *
 * <p>Threading: the thread in the gate of the connection's output.
 */
public interface Translation {
    /**
     * Takes octets, stages what they become, and marks for how many of them that stands; all that was taken is marked.
     *
     * @param canonical begins where the last call left off, and may end in the midst of a frame; the caller's again
     *     after the call
     * @param staged copies what it is given
     */
    void translate(ByteBuffer canonical, StagedOctets staged);
}
