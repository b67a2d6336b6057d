package io.lingmq.pipe;

import io.lingmq.lang.Fields;
import io.lingmq.message.Message;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * So many messages of a queue, followed by the next block.
 *
 * <p>Threading: the writer puts a message into a slot by a release store, and the next block into its place as its last
 * act; the reader sees either with all that was done before. An empty slot means that nothing is there yet.
 */
final class Block {
    static final int SIZE = 128;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Message[].class);
    private static final VarHandle NEXT = Fields.handle(MethodHandles.lookup(), Block.class, "next", Block.class);

    final @Nullable Message[] slots = new Message[SIZE];

    @SuppressWarnings("UnusedVariable") // through NEXT
    private @Nullable Block next;

    /** Writer: puts a message into a block's slot. */
    static void put(@Nullable Message[] slots, int slot, Message message) {
        SLOT.setRelease(slots, slot, message);
    }

    /** Reader: the message in a block's slot, or null if there is none yet. */
    static @Nullable Message read(@Nullable Message[] slots, int slot) {
        return (Message) SLOT.getAcquire(slots, slot);
    }

    /** Writer: this block is full. */
    void followedBy(Block block) {
        NEXT.setRelease(this, block);
    }

    /** Reader: the block that follows, if there is one yet. */
    @Nullable
    Block next() {
        return (Block) NEXT.getAcquire(this);
    }

    /** Reader: the block is empty and will be used again. */
    void forgetNext() {
        next = null;
    }
}
