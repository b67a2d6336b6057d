package io.lingmq.bench.report;

import io.lingmq.bench.report.Section.Plot;
import io.lingmq.bench.run.Figures;
import io.lingmq.bench.run.PacedScenarios;
import java.util.List;

/** The sections about streams of a given rate. */
final class PacedSections {
    private static final String DELAY = "microseconds, one way";
    private static final String RATE = "messages a second";

    private PacedSections() {}

    static List<Section> all() {
        return List.of(
                middle(), tail(), cpu(), senders(), fan(), dealers("p50_us", "middle"), dealers("p99_us", "tail"));
    }

    private static List<Row> byRate(List<Integer> rates, String figure) {
        return Sections.rows(rates, Sections::count, "pace-", figure);
    }

    private static Section middle() {
        return new Section(
                "pace-middle",
                "Paced streams: the middle",
                "One process pushes messages of 64 bytes to another over tcp, at even distance. Half of them take no"
                        + " longer than this, counted from the time when each should have left: how late the sender"
                        + " woke up is part of it, for all libraries alike. Aeron's messages go through shared memory,"
                        + " and its receiver never sleeps.",
                DELAY,
                RATE,
                false,
                Plot.LINES,
                byRate(PacedScenarios.RATES, "p50_us"));
    }

    /** The slowest stream has too few messages for a tail. */
    private static Section tail() {
        return new Section(
                "pace-tail",
                "Paced streams: the tail",
                "The same streams: what one message of a hundred exceeds. The slowest stream has too few messages to"
                        + " tell.",
                DELAY,
                RATE,
                false,
                Plot.LINES,
                byRate(PacedScenarios.RATES.subList(1, PacedScenarios.RATES.size()), "p99_us"));
    }

    private static Section cpu() {
        return new Section(
                "pace-cpu",
                "CPU of a paced stream",
                "What the same streams cost both processes together since the run-up.",
                "percent of a core",
                RATE,
                false,
                Plot.LINES,
                byRate(PacedScenarios.RATES, Figures.CPU_PERCENT));
    }

    private static Section senders() {
        var scenario = "pace-" + PacedScenarios.SENDERS + "-senders";
        return new Section(
                "pace-senders",
                "Ten senders to one receiver",
                "Ten sockets, each in a thread of its own, together push 100,000 messages of 64 bytes a second to one"
                        + " receiver, at even distance.",
                DELAY,
                "percentile",
                false,
                Plot.LINES,
                middleAndTail(scenario));
    }

    private static List<Row> middleAndTail(String scenario) {
        return List.of(new Row("50 %", scenario, "p50_us"), new Row("99 %", scenario, "p99_us"));
    }

    private static Section fan() {
        return new Section(
                "pace-fan",
                "A paced publisher",
                "One publisher, 10,000 messages of 64 bytes a second, and " + PacedScenarios.SUBSCRIBERS
                        + " subscribers in another process; each message has one of ten topics, so a tenth of the"
                        + " subscribers get it. Every delivery counts; nothing is dropped.",
                DELAY,
                "percentile",
                false,
                Plot.LINES,
                middleAndTail("pace-fan-" + PacedScenarios.SUBSCRIBERS));
    }

    private static Section dealers(String figure, String part) {
        return new Section(
                "pace-dealers-" + part,
                "Many peers at a pace: the " + part,
                "DEALERs of one process take turns to send 10,000 messages of 64 bytes a second, all together, to a"
                        + " ROUTER over tcp.",
                DELAY,
                "DEALERs",
                false,
                Plot.LINES,
                Sections.rows(PacedScenarios.DEALERS, Sections::count, "pace-router-", figure));
    }
}
