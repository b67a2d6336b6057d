package io.lingmq.bench.report;

import io.lingmq.bench.report.Section.Plot;
import io.lingmq.bench.run.Figures;
import io.lingmq.bench.run.Scenarios;
import java.util.List;

/** The sections about what messages cost the processes: CPU and allocation. */
final class CostSections {
    private CostSections() {}

    static List<Section> all() {
        return List.of(
                cpu(),
                cpuOfRoundTrips(),
                allocation("received", "receiver_alloc_b_per_msg", "receiving"),
                allocation("sent", "sender_alloc_b_per_msg", "sending"));
    }

    private static Section cpu() {
        return new Section(
                "cpu",
                "CPU for a million messages",
                "What throughput over tcp costs both processes together, each counting its own messages since its run-up.",
                "CPU seconds for a million messages",
                Sections.SIZE,
                false,
                Plot.LINES,
                Sections.rows(Scenarios.TCP_SIZES, Sections::bytes, "tcp-thr-", Figures.CPU_PER_MILLION));
    }

    private static Section cpuOfRoundTrips() {
        return new Section(
                "cpu-round-trips",
                "CPU for a million round trips",
                "What the latency above costs both sides together, their waiting included.",
                "CPU seconds for a million round trips",
                "transport",
                false,
                Plot.BARS,
                List.of(
                        new Row("tcp", "tcp-lat", Figures.CPU_PER_MILLION),
                        new Row("ipc", "ipc-lat", Figures.CPU_PER_MILLION),
                        new Row("inproc", "inproc-lat", Figures.CPU_PER_MILLION)));
    }

    private static Section allocation(String id, String figure, String doing) {
        return new Section(
                "allocation-" + id,
                "Allocation for each message " + id,
                "Bytes allocated by all threads of the " + doing
                        + " process in the same runs since its run-up, divided by its messages."
                        + " Each message's body is an array of its own, which is counted.",
                "bytes a message",
                Sections.SIZE,
                false,
                Plot.LINES,
                Sections.rows(Scenarios.TCP_SIZES, Sections::bytes, "tcp-thr-", figure));
    }
}
