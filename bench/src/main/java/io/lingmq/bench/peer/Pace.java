package io.lingmq.bench.peer;

import java.util.concurrent.TimeUnit;

/**
 * How long the side that measures goes on. Both parts are the same work on the same connection.
 *
 * @param runUpNs first, and not measured: a JVM compiles what it sees often, and is as fast as it gets only after that
 * @param measuredNs then
 */
record Pace(long runUpNs, long measuredNs) {
    /** So many messages pass between two looks at the clock, which then cost nothing to speak of. */
    static final int BATCH = 100;

    /** A piece of the work. */
    @FunctionalInterface
    interface Step {
        /** Returns how many messages that were. */
        int run() throws InterruptedException;
    }

    /** Milliseconds, at a position and at the next one. */
    static Pace of(Load load, int index) {
        return new Pace(
                TimeUnit.MILLISECONDS.toNanos(load.number(index)),
                TimeUnit.MILLISECONDS.toNanos(load.number(index + 1)));
    }

    void runUp(Step step) throws InterruptedException {
        repeat(runUpNs, step);
    }

    Measured measure(Step step) throws InterruptedException {
        var meter = Meter.begin();
        var count = repeat(measuredNs, step);
        return new Measured(count, meter.end());
    }

    private static long repeat(long ns, Step step) throws InterruptedException {
        var beginNs = System.nanoTime();
        var count = 0L;
        do {
            count += step.run();
        } while (System.nanoTime() - beginNs < ns);
        return count;
    }
}
