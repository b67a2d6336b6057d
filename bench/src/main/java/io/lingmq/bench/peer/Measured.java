package io.lingmq.bench.peer;

/**
 * What was measured after a run-up.
 *
 * @param count of the messages
 * @param cost of all of them
 */
record Measured(long count, Meter.Cost cost) {
    double perSecond() {
        return count / cost.seconds();
    }

    /** Adds what a message costs this process, which is the {@code sender}, the {@code receiver} or {@code both}. */
    Line describe(Line line, String who) {
        return line.with(who + "_count", count)
                .with(who + "_cpu_us_per_msg", cost.cpuSeconds() * 1e6 / count)
                .with(who + "_alloc_b_per_msg", (double) cost.allocatedBytes() / count);
    }
}
