package io.lingmq.chain;

/**
 * Where a chain's bytes come from while it follows the log of a broadcast: it has those that it had before, and all
 * that the log publishes until it ends to follow.
 *
 * <p>Threading: {@link #end} by the chain's writer; {@link #published} by its reader, at any time. The log may go on
 * after the end, for others. A reader that is late, and sees that, must not take it for its own: what the log publishes
 * then comes after the end was set, so the reader asks for the end after it has seen what is published.
 */
final class Following {
    private final ChainWriter log;
    private final long before;
    private volatile long end = Long.MAX_VALUE;

    Following(ChainWriter log, long before) {
        this.log = log;
        this.before = before;
    }

    ChainWriter log() {
        return log;
    }

    /** How many bytes the chain and the log have; by the chain's writer, while it follows. */
    long written() {
        return before + log.written();
    }

    /** How many bytes the chain has published. */
    long published() {
        var latest = before + log.published();
        return Math.min(latest, end);
    }

    /** It follows no more; returns how many bytes the chain has now. */
    long end() {
        end = before + log.published();
        return end;
    }
}
