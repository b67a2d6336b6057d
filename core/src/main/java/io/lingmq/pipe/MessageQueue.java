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

    private Block tail = new Block();
    private int tailAt;
    private Block head = tail;
    private int headAt;

    @SuppressWarnings("unused") // through SPARE
    private @Nullable Block spare;

    void offer(Message message) {
        if (tailAt == BLOCK_SIZE) {
            var block = (Block) SPARE.getAndSet(this, null);
            if (block == null) {
                block = new Block();
            }
            NEXT.setRelease(tail, block);
            tail = block;
            tailAt = 0;
        }
        SLOT.setRelease(tail.slots, tailAt++, message);
    }

    @Nullable
    Message poll() {
        var message = peek();
        if (message != null) {
            head.slots[headAt++] = null;
        }
        return message;
    }

    @Nullable
    Message peek() {
        if (headAt == BLOCK_SIZE) {
            var next = (Block) NEXT.getAcquire(head);
            if (next == null) {
                return null;
            }
            var done = head;
            head = Objects.requireNonNull(next);
            headAt = 0;
            done.next = null;
            SPARE.setRelease(this, done);
        }
        return (Message) SLOT.getAcquire(head.slots, headAt);
    }
}
