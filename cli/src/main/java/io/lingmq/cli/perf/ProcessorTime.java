package io.lingmq.cli.perf;

import java.time.Duration;

/**
 * What this process has used of the processors, at one moment.
 *
 * @param used by all of its threads since it began; nothing where the system does not tell
 * @param atNs when, as {@link System#nanoTime} has it
 */
record ProcessorTime(Duration used, long atNs) {
    static ProcessorTime now() {
        var used = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return new ProcessorTime(used, System.nanoTime());
    }

    /** What was used since then, in percent of one processor. */
    double percentSince() {
        var now = now();
        return 100.0 * now.used.minus(used).toNanos() / Math.max(1, now.atNs - atNs);
    }
}
