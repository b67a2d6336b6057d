package io.lingmq.chain;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * The arrays of a log, which are part of each chain that {@linkplain ChainWriter#follow follows} it: each chain has a
 * view of each array.
 *
 * <p>Threading: that of the log's writer, who writes the chains too.
 */
public final class SharedArrays {
    private final ChainWriter log;
    private Segment shared;
    /**
     * How many views of the log's latest array are still to be read; a large body may have parted it into several
     * segments, which are counted together.
     */
    private AtomicInteger readers = new AtomicInteger();

    /** Those of a log that is empty so far. */
    public SharedArrays(ChainWriter log) {
        this.log = log;
        shared = log.tail();
    }

    /** Whether the log has arrays that were not shared yet. */
    public boolean areMore() {
        return log.tail() != shared;
    }

    /**
     * The log has grown: so does each chain that follows it. Either all of them or, without memory for it, none.
     *
     * @param count how many chains there are
     * @param chains which they are, by numbers from 0 on
     */
    public void share(int count, IntFunction<ChainWriter> chains) {
        var views = new ArrayDeque<Segment>();
        var latest = readers;
        for (var slab = shared.next; slab != null; slab = slab.next) {
            latest = slab.isForeign ? latest : moreReaders(slab, latest, count);
            for (var i = 0; i < count; i++) {
                views.add(slab.isForeign ? new Segment(slab.bytes, true) : new View(slab, latest));
            }
        }
        readers = latest;
        while (!views.isEmpty()) {
            for (var i = 0; i < count; i++) {
                chains.apply(i).share(views.remove(), shared.end);
            }
            var last = shared;
            shared = Objects.requireNonNull(last.next);
            last.next = null; // else it would keep all that follow
        }
    }

    /**
     * An array is used again when nobody reads any of its segments, also none who has left the log since. Should
     * {@link #share} fail behind this, the count is too high, and the array goes to the garbage collector.
     */
    private static AtomicInteger moreReaders(Segment slab, AtomicInteger latest, int count) {
        var views = slab.from > 0 ? latest : new AtomicInteger();
        views.addAndGet(count);
        return views;
    }

    /** Nothing more will be put into the log: it forgets its arrays, which others may still be reading. */
    public void abandon() {
        log.abandon();
        shared = log.tail();
    }
}
