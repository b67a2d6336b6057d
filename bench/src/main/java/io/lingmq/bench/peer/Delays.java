package io.lingmq.bench.peer;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How long messages were on their way, counted from the time when they should have left. */
final class Delays {
    private static final int DIGITS = 3;
    private static final int ENOUGH = 100;
    private static final long MOST_NS = TimeUnit.HOURS.toNanos(1);

    private final Histogram delaysNs = new Histogram(MOST_NS, DIGITS);

    /** A message that should have left at that time is here. */
    void arrived(long dueNs) {
        add(System.nanoTime() - dueNs);
    }

    void add(long delayNs) {
        delaysNs.recordValue(Math.min(MOST_NS, Math.max(0, delayNs)));
    }

    void reset() {
        delaysNs.reset();
    }

    /** Adds the percentiles and the longest delay. */
    Line describe(Line line) {
        percentile(line, "p50_us", 500);
        percentile(line, "p90_us", 900);
        percentile(line, "p99_us", 990);
        percentile(line, "p999_us", 999);
        return line.with("max_us", delaysNs.getMaxValue() / 1e3);
    }

    /** Where fewer than a hundred samples lie beyond a percentile, chance decides: it is left out. */
    private void percentile(Line line, String name, int permille) {
        if (delaysNs.getTotalCount() * (1000 - permille) / 1000 >= ENOUGH) {
            line.with(name, delaysNs.getValueAtPercentile(permille / 10.0) / 1e3);
        }
    }
}
