package io.lingmq.bench.report;

import io.lingmq.bench.report.Section.Plot;
import io.lingmq.bench.run.Scenarios;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/** The sections of the page, in their order. */
final class Sections {
    static final String SIZE = "size of a message";

    private static final String RATE = "msg_per_s";
    private static final String PER_SECOND = "messages a second";
    private static final int KIB = 1024;
    private static final int MIB = KIB * KIB;

    private Sections() {}

    static List<Section> all() {
        return Stream.of(transports(), PacedSections.all(), patterns(), CostSections.all())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Section> transports() {
        return List.of(
                throughput("tcp", Scenarios.TCP_SIZES),
                throughput("ipc", Scenarios.IPC_SIZES),
                latency("tcp-lat", "tcp", "Two processes"),
                latency("ipc-lat", "ipc", "Two processes"));
    }

    private static List<Section> patterns() {
        return List.of(
                requests(),
                calls(),
                inprocThroughput(),
                latency("inproc-lat", "inproc", "Two threads"),
                fanOut(),
                proxy(),
                peersInMemory(),
                peersInSilence(),
                bystanders(),
                topics(),
                subscribing());
    }

    static <T> List<Row> rows(List<T> values, Function<T, String> label, String scenario, String figure) {
        return values.stream()
                .map(value -> new Row(label.apply(value), scenario + value, figure))
                .toList();
    }

    static String bytes(int size) {
        if (size < KIB) {
            return size + " B";
        }
        return size < MIB ? size / KIB + " KiB" : size / MIB + " MiB";
    }

    static String count(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static Section throughput(String transport, List<Integer> sizes) {
        return new Section(
                transport + "-throughput",
                "Throughput over " + transport,
                "One process pushes to another as fast as it can.",
                PER_SECOND,
                SIZE,
                true,
                Plot.LINES,
                rows(sizes, Sections::bytes, transport + "-thr-", RATE));
    }

    private static Section latency(String scenario, String transport, String who) {
        return new Section(
                transport + "-latency",
                "Latency over " + transport,
                who + " play ping-pong with 16 bytes through REQ and REP; half of each round trip is one way.",
                "microseconds, one way",
                "percentile",
                false,
                Plot.LINES,
                List.of(
                        new Row("50 %", scenario, "p50_us"),
                        new Row("90 %", scenario, "p90_us"),
                        new Row("99 %", scenario, "p99_us"),
                        new Row("99.9 %", scenario, "p999_us")));
    }

    private static Section requests() {
        return new Section(
                "requests",
                "Several requests on the way",
                "Clients keep so many requests of 16 bytes each on their way over tcp, DEALER to ROUTER, and send the next"
                        + " for each answer.",
                "answers a second",
                "clients and requests of each",
                true,
                Plot.BARS,
                rows(Scenarios.REQUESTS, each -> each.clients() + " × " + each.window(), "requests-", "answers_per_s"));
    }

    private static Section calls() {
        var scenario = "calls-" + Scenarios.CALLERS;
        return new Section(
                "calls",
                "Many threads that ask",
                "So many threads of one process have a REQ socket each, over tcp, to one REP, and wait for each answer"
                        + " of 16 bytes before they ask again. Virtual threads need JDK 21.",
                "answers a second",
                "threads",
                true,
                Plot.BARS,
                List.of(
                        new Row(Scenarios.CALLERS + " platform", scenario, "answers_per_s"),
                        new Row(Scenarios.CALLERS + " virtual", scenario + "-virtual", "answers_per_s")));
    }

    private static Section inprocThroughput() {
        return new Section(
                "inproc-throughput",
                "Throughput over inproc",
                "One thread pushes to another.",
                PER_SECOND,
                SIZE,
                true,
                Plot.BARS,
                List.of(new Row("16 B", "inproc-thr", RATE)));
    }

    private static Section fanOut() {
        return new Section(
                "fan-out",
                "Fan-out",
                "One publisher, 64 bytes a message, each to all subscribers in another process; nothing is dropped.",
                "deliveries a second",
                "subscribers",
                true,
                Plot.LINES,
                rows(Scenarios.SUBSCRIBERS, Sections::count, "fan-", "deliveries_per_s"));
    }

    private static Section proxy() {
        return new Section(
                "proxy",
                "Through a proxy",
                "Three processes over tcp: PUSH, the library's proxy between PULL and PUSH, and PULL.",
                PER_SECOND,
                SIZE,
                true,
                Plot.BARS,
                rows(Scenarios.PROXIED_SIZES, Sections::bytes, "proxy-", RATE));
    }

    private static Section peersInMemory() {
        return new Section(
                "peers-memory",
                "Memory of a peer",
                "Peers connect to one ROUTER over tcp and say hello, without a run-up. How much its process grew, divided"
                        + " by their number; with few peers that is mostly the rest of the process.",
                "KB resident for each peer",
                "peers",
                false,
                Plot.LINES,
                rows(Scenarios.PEERS, Sections::count, "peers-", "rss_kb_per_peer"));
    }

    private static Section peersInSilence() {
        return new Section(
                "peers-silence",
                "CPU of silent peers",
                "The same process while its peers say nothing.",
                "percent of a core",
                "peers",
                false,
                Plot.BARS,
                List.of(new Row(count(Scenarios.SILENT_PEERS), "peers-" + Scenarios.SILENT_PEERS, "idle_cpu_percent")));
    }

    private static Section bystanders() {
        return new Section(
                "bystanders",
                "Throughput beside silent peers",
                "As throughput over tcp, 64 bytes a message, while other peers are connected and silent.",
                PER_SECOND,
                "silent peers",
                true,
                Plot.LINES,
                withNobodyBeside(rows(Scenarios.BYSTANDERS, Sections::count, "beside-", RATE)));
    }

    private static List<Row> withNobodyBeside(List<Row> rows) {
        return Stream.concat(Stream.of(new Row("0", "tcp-thr-64", RATE)), rows.stream())
                .toList();
    }

    private static Section topics() {
        return new Section(
                "topics",
                "Throughput with many topics",
                "One subscriber asks for many topics of eight bytes; the publisher's messages of 64 bytes take them in"
                        + " turn.",
                PER_SECOND,
                "topics",
                true,
                Plot.LINES,
                rows(Scenarios.TOPICS, Sections::count, "topics-", RATE));
    }

    private static Section subscribing() {
        return new Section(
                "subscribing",
                "Time to subscribe",
                "From the first to the last subscription, as the same publisher sees them come: a start, so without a run-up.",
                "seconds",
                "topics",
                false,
                Plot.LINES,
                rows(Scenarios.TOPICS.subList(1, Scenarios.TOPICS.size()), Sections::count, "topics-", "subscribe_s"));
    }
}
