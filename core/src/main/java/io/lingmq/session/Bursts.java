package io.lingmq.session;

/**
 * Tells a burst from a stream: a few messages close together are still a burst, and each is worth a write of its own.
 *
 * <p>Close together means sooner after a write than {@value #GAP_NS} ns, and before the peer has said anything. The
 * write itself does not count: a slow one would make every stream look like single messages. Nor is it a stream where
 * each message answers another, however fast that goes.
 *
 * <p>Threading: one at a time in the main. Two at once may both be let through, which does no harm.
 */
final class Bursts {
    private static final long GAP_NS = 10_000;
    private static final int MOST_IN_A_ROW = 4;

    private long lastWriteNs;
    private int inARow;

    Bursts(long nowNs) {
        lastWriteNs = nowNs;
    }

    /**
     * Whether what comes now is worth a write of its own.
     *
     * @param lastHeardNs when the peer last said something
     */
    boolean allows(long nowNs, long lastHeardNs) {
        if (nowNs - lastWriteNs > GAP_NS || lastHeardNs - lastWriteNs > 0) {
            inARow = 0;
        }
        return inARow < MOST_IN_A_ROW;
    }

    /** A write of its own has ended now. */
    void wrote(long nowNs) {
        lastWriteNs = nowNs;
        inARow++;
    }
}
