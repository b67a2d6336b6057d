package io.lingmq.pipe;

/**
 * How long a reader that is faster than its writer lets it get ahead before it looks for more.
 *
 * <p>A reader at the writer's heels makes both crawl: its processor sees memory read in order and fetches what comes
 * next as well, and that is what the writer is about to write. So the reader waits until there is much to take, then
 * works on what the writer has left behind: a microsecond or two at first, and up to {@value #LONGEST} spins, some
 * fifteen microseconds, as long as messages come so fast that many more are there each time.
 *
 * <p>Nobody waits where messages come one by one: then the reader finds nothing every other time. Nor where the queue
 * is half full: its writer may be waiting for room.
 *
 * <p>Threading: one thread at a time.
 */
final class HeadStart {
    private static final int SHORTEST = 80;
    private static final int LONGEST = 640;
    /** Some ten million messages a second. */
    private static final int SPINS_PER_MESSAGE = 5;

    private final Credit credit;
    private int spins = SHORTEST;
    private boolean foundAll;
    private int foundLast;
    private int foundBefore;
    private int foundSinceWait;

    /** For the reader of a lane with the given credit. */
    HeadStart(Credit credit) {
        this.credit = credit;
    }

    /** Before each look. */
    void give() {
        for (var left = due(); left > 0; left--) {
            Thread.onSpinWait();
        }
    }

    /** How many spins the writer gets now. */
    int due() {
        if (!caughtUp()) {
            return 0;
        }
        var dense = foundSinceWait * SPINS_PER_MESSAGE >= spins;
        spins = dense ? Math.min(2 * spins, LONGEST) : Math.max(spins / 2, SHORTEST);
        foundSinceWait = 0;
        return isHalfFull() ? 0 : spins;
    }

    private boolean caughtUp() {
        return foundAll && foundLast > 0 && foundBefore > 0;
    }

    private boolean isHalfFull() {
        var mark = credit.mark();
        return mark != 0 && credit.inside() >= mark / 2;
    }

    /** After each look: how many messages there were, and whether these were all. */
    void found(int messages, boolean all) {
        foundAll = all;
        foundBefore = foundLast;
        foundLast = messages;
        foundSinceWait += messages;
    }
}
