package io.lingmq.pipe;

import io.lingmq.message.Message;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The reading end of a queue of messages.
 *
 * <p>It looks at all that is there of a block before it gives out the first. What another processor has just written is
 * far away: to fetch it takes as long as all else that a receive does. Looked at together, many messages are on their
 * way at the same time; looked at one by one, with a lock between them, each would be waited for. For the same reason
 * the slots are emptied together; until then it holds on to what it has given out, less than {@value #ENOUGH_BYTES}
 * bytes.
 *
 * <p>Threading: one thread at a time.
 */
final class QueueReader extends QueueEnd {
    private static final int ENOUGH_BYTES = 64 * 1024;

    @SuppressWarnings("UnusedVariable")
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14;

    private final QueueWriter writer;
    private final ReaderBackoff backoff;
    /** Slots before this one are empty. */
    private int emptiedTo;

    QueueReader(QueueWriter writer, Block first, ReaderBackoff backoff) {
        super(first, 0);
        this.writer = writer;
        this.backoff = backoff;
    }

    /** The next message, or null if there is none yet. */
    @Nullable
    Message poll() {
        var message = peek();
        if (message != null && ++at == limit) {
            empty();
        }
        return message;
    }

    /** As {@link #poll}, but the message stays. */
    @Nullable
    Message peek() {
        return at < limit || look() ? slots[at] : null;
    }

    private void empty() {
        Arrays.fill(slots, emptiedTo, at, null);
        emptiedTo = at;
    }

    private boolean look() {
        backoff.give();
        if (at == Block.SIZE && !toNextBlock()) {
            backoff.found(0, true);
            return false;
        }
        var end = firstEmpty();
        limit = enoughOf(end);
        backoff.found(limit - at, limit == end && end < Block.SIZE);
        return at < limit;
    }

    /** The slots alone, so that all of them are on their way before the messages are looked at. */
    private int firstEmpty() {
        var slot = at;
        while (slot < Block.SIZE && Block.read(slots, slot) != null) {
            slot++;
        }
        return slot;
    }

    /** Looks at the messages before the given slot, until there are enough of them. */
    private int enoughOf(int end) {
        var slot = at;
        for (var bytes = 0L; slot < end && bytes < ENOUGH_BYTES; slot++) {
            bytes += Objects.requireNonNull(slots[slot]).totalSize();
        }
        return slot;
    }

    private boolean toNextBlock() {
        var next = block.next();
        if (next == null) {
            return false;
        }
        var emptied = block;
        moveTo(next, 0);
        emptiedTo = 0;
        emptied.forgetNext();
        writer.handBack(emptied);
        return true;
    }
}
