package io.lingmq.chain;

import org.jspecify.annotations.Nullable;

/**
 * One array of bytes in a chain, written from the front by the writer and followed by the next segment.
 *
 * <p>An array may be two segments, or more: a large body that goes by reference parts it, and the chain goes on behind
 * what was filled. The reader hands it back when it leaves the last of them.
 *
 * <p>All that changes are plain fields: the writer sets them before it publishes bytes of the next segment, and the
 * reader looks at them only after it has seen those bytes published. A reader that looks earlier sees either
 * {@code OPEN} or the final end, and both lie behind all bytes published in this segment.
 */
class Segment {
    static final int OPEN = Integer.MAX_VALUE;

    final byte[] bytes;
    /** Whether the array is not the chain's own but was handed over by reference; the chain never writes to it. */
    final boolean isForeign;

    /** Where its bytes begin. */
    int from;

    int end = OPEN;

    /** Whether the rest of the array is another segment. */
    boolean isContinued;

    @Nullable
    Segment next;

    Segment(byte[] bytes, boolean isForeign) {
        this.bytes = bytes;
        this.isForeign = isForeign;
        if (isForeign) {
            end = bytes.length;
        }
    }

    /** Whether the array is one message body, of which its receiver may have the array itself. */
    boolean isBody() {
        return isForeign;
    }

    /**
     * The chain's reader has left it. Should the garbage collector have moved it among its old objects, it must not
     * keep all that follow.
     */
    void leave(ChainWriter chain) {
        next = null;
        if (!isForeign && !isContinued) {
            chain.handBack(this);
        }
    }
}
