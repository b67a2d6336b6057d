package io.lingmq.pipe;

import io.lingmq.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Where the writer or the reader of a queue stands, with space before it; the subclass brings the space behind.
 *
 * <p>These are the fields that every message needs. A step less on the way to a slot counts: it comes after the
 * socket's lock, and no processor looks beyond a lock in advance.
 */
abstract class QueueEnd extends Padding {
    Block block;

    /** Those of the block. */
    @Nullable
    Message[] slots;

    /** The next slot. */
    int at;

    /** Slots before this one can be used without another look. */
    int limit;

    QueueEnd(Block first, int limit) {
        block = first;
        slots = first.slots;
        this.limit = limit;
    }

    /** Goes on at the beginning of another block. */
    final void moveTo(Block next, int newLimit) {
        block = next;
        slots = next.slots;
        at = 0;
        limit = newLimit;
    }
}
