package io.lingmq.pipe;

import io.lingmq.message.Message;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An unbounded queue of messages from one thread to another, in blocks that are used again.
 *
 * <p>Threading: one thread at a time offers, one polls. A slot's release store publishes the message; a null slot means
 * that nothing is there yet. A block's last act is to publish its successor, so a reader at its end waits on that. A
 * drained block is handed back through {@code spare} after its slots were cleared, so a writer that takes it finds them
 * null.
 */
final class MessageQueue {
    private static final int BLOCK_SIZE = 128;
    private static final int FETCHED_TOGETHER = BLOCK_SIZE;
    /** So few found, twice in turn, mean that the reader is at the writer's heels. */
    private static final int FEW = 64;

    /** A microsecond or two. */
    private static final int HEAD_START = 80;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Message[].class);
    private static final VarHandle NEXT;
    private static final VarHandle SPARE;

    static {
        try {
            var lookup = MethodHandles.lookup();
            NEXT = lookup.findVarHandle(Block.class, "next", Block.class);
            SPARE = lookup.findVarHandle(MessageQueue.class, "spare", Block.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final class Block {
        final @Nullable Message[] slots = new Message[BLOCK_SIZE];

        @SuppressWarnings("UnusedVariable") // through NEXT
        @Nullable
        Block next;
    }

    /** Where the writer or the reader stands, apart from where the other stands. */
    private abstract static class Place extends Padding {
        Block block;
        int at;

        /** Reader: messages before this place in the block have been looked at. */
        int fetchedTo;

        /** Reader: how many the last look found. */
        int fetchedLast;

        /** Reader: how many the look before found; where single messages go to and fro, one of the two is 0. */
        int fetchedBefore;

        /** Reader: only so that they are really looked at. */
        @SuppressWarnings("UnusedVariable")
        long fetchedBytes;

        Place(Block block) {
            this.block = block;
        }
    }

    private static final class End extends Place {
        @SuppressWarnings("UnusedVariable")
        private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14;

        End(Block block) {
            super(block);
        }
    }

    private final End tail = new End(new Block());
    private final End head = new End(tail.block);

    @SuppressWarnings("unused") // through SPARE
    private @Nullable Block spare;

    void offer(Message message) {
        var end = tail;
        if (end.at == BLOCK_SIZE) {
            link(end);
        }
        SLOT.setRelease(end.block.slots, end.at++, message);
    }

    private void link(End end) {
        var block = (Block) SPARE.getAndSet(this, null);
        if (block == null) {
            block = new Block();
        }
        NEXT.setRelease(end.block, block);
        end.block = block;
        end.at = 0;
    }

    @Nullable
    Message poll() {
        var message = peek();
        if (message != null) {
            head.block.slots[head.at++] = null;
        }
        return message;
    }

    @Nullable
    Message peek() {
        var end = head;
        if (end.at == BLOCK_SIZE && !toNextBlock(end)) {
            return null;
        }
        if (end.at == end.fetchedTo) {
            fetch(end);
        }
        return (Message) SLOT.getAcquire(end.block.slots, end.at);
    }

    private boolean toNextBlock(End end) {
        var next = (Block) NEXT.getAcquire(end.block);
        if (next == null) {
            return false;
        }
        var done = end.block;
        end.block = Objects.requireNonNull(next);
        end.at = 0;
        end.fetchedTo = 0;
        done.next = null;
        SPARE.setRelease(this, done);
        return true;
    }

    /**
     * Looks at the messages that come next. What another processor has just made is far away: to fetch it takes as long
     * as all else that a receive does. Looked at together, many are on their way at the same time; looked at one by
     * one, with a lock between them, each would be waited for.
     */
    private static void fetch(End end) {
        if (end.fetchedLast > 0 && end.fetchedLast < FEW && end.fetchedBefore > 0) {
            letWriterGetAhead();
        }
        var slots = end.block.slots;
        var at = end.at;
        var limit = Math.min(BLOCK_SIZE, at + FETCHED_TOGETHER);
        var bytes = 0L;
        Message message;
        while (at < limit && (message = (Message) SLOT.getAcquire(slots, at)) != null) {
            bytes += message.size(0);
            at++;
        }
        end.fetchedBefore = end.fetchedLast;
        end.fetchedLast = at - end.at;
        end.fetchedTo = at;
        end.fetchedBytes += bytes;
    }

    /** A reader at the writer's heels takes each cache line away while it is being written: both crawl. */
    private static void letWriterGetAhead() {
        for (var i = 0; i < HEAD_START; i++) {
            Thread.onSpinWait();
        }
    }
}
