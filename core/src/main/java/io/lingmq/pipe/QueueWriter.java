package io.lingmq.pipe;

import io.lingmq.lang.Fields;
import io.lingmq.message.Message;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The writing end of a queue of messages from one thread to another, without limit, in blocks that are used again.
 *
 * <p>Threading: one thread at a time writes, one reads. They meet in the slots of a {@link Block}, and where the reader
 * hands an emptied block back.
 */
final class QueueWriter extends QueueEnd {
    private static final VarHandle SPARE =
            Fields.handle(MethodHandles.lookup(), QueueWriter.class, "spare", Block.class);

    @SuppressWarnings("UnusedVariable")
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14;

    @SuppressWarnings("UnusedVariable") // through SPARE
    private @Nullable Block spare;

    QueueWriter() {
        super(new Block(), Block.SIZE);
    }

    /** The reading end of this queue; there is one. The credit tells it how much is on the way. */
    QueueReader reader(Credit credit) {
        return new QueueReader(this, block, new ReaderBackoff(credit));
    }

    void offer(Message message) {
        if (at == limit) {
            toNextBlock();
        }
        Block.put(slots, at++, message);
    }

    private void toNextBlock() {
        var next = (Block) SPARE.getAndSet(this, null);
        if (next == null) {
            next = new Block();
        }
        block.followedBy(next);
        moveTo(next, Block.SIZE);
    }

    /** Reader: a block is empty and nobody will come back to it. */
    void handBack(Block emptied) {
        SPARE.setRelease(this, emptied);
    }
}
