package io.lingmq.loop;

import io.lingmq.time.Ticker;

/**
 * What one socket, the timers or the tasks may have of a turn, so that a flood of the one does not starve the others:
 * so many calls, or as many as begin within so much time, and always one.
 *
 * <p>Threading: the loop's thread.
 */
final class Share {
    /** Enough to make the cost of a turn small beside them. */
    static final int MOST_CALLS = 64;

    static final long LONGEST_NS = 1_000_000;

    private final Ticker ticker;
    private final long beginNs;
    private int calls;

    /** A share that begins now. */
    Share(Ticker ticker) {
        this.ticker = ticker;
        beginNs = ticker.nowNs();
    }

    /** Takes one call of it; false if there is none left. */
    boolean take() {
        if (calls > 0 && (calls >= MOST_CALLS || ticker.nowNs() - beginNs >= LONGEST_NS)) {
            return false;
        }
        calls++;
        return true;
    }
}
