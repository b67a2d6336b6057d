package io.lingmq.pipe;

import org.jspecify.annotations.Nullable;

/**
 * One array of bytes in a chain, written from the front by the writer and followed by the next segment.
 *
 * <p>{@code end} and {@code next} are plain fields: the writer sets them before it publishes bytes of the next segment,
 * and the reader looks at them only after it has seen those bytes published. A reader that looks earlier sees either
 * {@code OPEN} or the final end, and both lie behind all bytes published in this segment.
 */
final class Segment {
    static final int OPEN = Integer.MAX_VALUE;

    final byte[] bytes;
    /** Whether the array is a message body of its own, handed over by reference and never written to again. */
    final boolean isBody;

    int end = OPEN;

    @Nullable
    Segment next;

    Segment(byte[] bytes, boolean isBody) {
        this.bytes = bytes;
        this.isBody = isBody;
        if (isBody) {
            end = bytes.length;
        }
    }
}
