package io.lingmq.pipe;

/**
 * How long a reader that is faster than its writer backs off, to let the writer get ahead, before it looks for more.
 *
 * <p>A reader at the writer's heels makes both crawl: its processor sees memory read in order and fetches what comes
 * next as well, and that is what the writer is about to write. So the reader waits until there is much to take, then
 * works on what the writer has left behind: a microsecond or two at first, and up to {@value #LONGEST} spins, as long
 * as messages come fast and a longer wait brings more of them. The socket's lock is held meanwhile, and those who want
 * it look for it longer than that.
 *
 * <p>Nobody waits where messages come one by one, nor where the queue is half full: its writer may be waiting for room.
 *
 * <p>Threading: one thread at a time.
 */
final class ReaderBackoff {
    private static final int LONGEST = Pipe.LONGEST_WAIT_SPINS;
    private static final int SHORTEST = 80;
    /** Some ten million messages a second. */
    private static final int SPINS_PER_MESSAGE = 5;

    /** Fewer in two looks come one by one. */
    private static final int SEVERAL = 4;

    /** More are not counted: their time in spins must fit an int. */
    private static final int MOST_COUNTED = 1 << 20;

    private final Credit credit;
    private boolean foundAll;
    private int foundLast;
    private int foundBefore;

    private int spins = SHORTEST;
    private int foundSinceWait;
    private int foundByShorterWait;

    /** For the reader of a pipe with the given credit. */
    ReaderBackoff(Credit credit) {
        this.credit = credit;
    }

    /** Before each look: waits if it should. */
    void give() {
        for (var left = nextWait(); left > 0; left--) {
            Thread.onSpinWait();
        }
    }

    /** How many spins the writer gets now; learns from what the last wait has brought. */
    int nextWait() {
        if (!hasCaughtUp()) {
            return 0;
        }
        var paid = foundSinceWait * SPINS_PER_MESSAGE >= spins && foundSinceWait > foundByShorterWait;
        foundByShorterWait = paid && spins < LONGEST ? foundSinceWait : 0;
        foundSinceWait = 0;
        spins = paid ? Math.min(2 * spins, LONGEST) : SHORTEST;
        return isHalfFull() ? 0 : spins;
    }

    private boolean hasCaughtUp() {
        return foundAll && foundLast > 0 && foundBefore > 0 && foundLast + foundBefore >= SEVERAL;
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
        foundSinceWait = messages == 0 ? 0 : Math.min(foundSinceWait + messages, MOST_COUNTED);
    }
}
