package io.lingmq.bench.run;

/** How much of everything. */
public enum Scale {
    /** For figures to publish: two busy JVMs on two cores take seconds to compile what they run. */
    FULL(1, 8000, 2000, 30_000),
    /** To see that everything works; the figures mean little. */
    QUICK(20, 500, 500, 500),
    /** For tests. */
    TINY(1000, 5, 50, 50);

    private static final int FEW = 100;

    private final int divisor;
    private final int runUpMs;
    private final int measuredMs;
    private final int pacedMs;

    Scale(int divisor, int runUpMs, int measuredMs, int pacedMs) {
        this.divisor = divisor;
        this.runUpMs = runUpMs;
        this.measuredMs = measuredMs;
        this.pacedMs = pacedMs;
    }

    /** How long the work is done before it is measured. */
    public int runUpMs() {
        return runUpMs;
    }

    /** How long it is measured. */
    public int measuredMs() {
        return measuredMs;
    }

    /** How long a paced stream is measured: at a hundred messages a second, samples take their time. */
    public int pacedMs() {
        return pacedMs;
    }

    /** How many peers or topics, where a full run has that many; a few are always a few. */
    int many(int full) {
        return full <= FEW ? full : Math.max(FEW, full / divisor);
    }
}
