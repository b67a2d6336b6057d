package io.lingmq.bench.run;

/** How much of everything. */
public enum Scale {
    /** For figures to publish. */
    FULL(1),
    /** To see that everything works; the figures mean little. */
    QUICK(20),
    /** For tests. */
    TINY(1000);

    private static final int LEAST_MESSAGES = 100;

    private final int divisor;

    Scale(int divisor) {
        this.divisor = divisor;
    }

    /** How many messages, where a full run has that many. */
    int messages(long full) {
        return (int) Math.max(LEAST_MESSAGES, full / divisor);
    }

    /** How many peers or topics, where a full run has that many; a few are always a few. */
    int many(int full) {
        return full <= LEAST_MESSAGES ? full : Math.max(LEAST_MESSAGES, full / divisor);
    }
}
