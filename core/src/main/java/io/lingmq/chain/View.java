package io.lingmq.chain;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * An array that several chains have in common, as part of one of them. The last reader that leaves it lets it be used
 * again.
 */
final class View extends Segment {
    private final Segment slab;
    private final AtomicInteger readers;

    /** A view of an array that is still written to, one of as many as are counted, also of its other segments. */
    View(Segment slab, AtomicInteger readers) {
        super(slab.bytes, true);
        this.slab = slab;
        this.readers = readers;
        from = slab.from;
        end = OPEN;
    }

    @Override
    boolean isBody() {
        return false;
    }

    @Override
    void leave(ChainWriter chain) {
        next = null;
        if (readers.decrementAndGet() == 0 && !slab.isContinued) {
            ChainWriter.pool(slab);
        }
    }
}
