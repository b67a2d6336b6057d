package io.lingmq.bench.report;

import io.lingmq.bench.run.Contender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The page with all tables, as Markdown. */
public final class Page {
    private static final String INTRODUCTION = """
            # Performance

            LingMQ beside libzmq and JeroMQ: the same work on the same machine, in turn; and for paced streams beside Aeron,
            which is no ZeroMQ, as the far mark. Each figure is the median of %s, with the smallest and the largest
            behind it. Ratios above 1 are in favour of LingMQ. Everything goes through the
            public APIs with default options, except that publishers wait instead of dropping, that a million
            subscriptions may be under way at once, and that of bodies from 1 MiB on 64 MiB may wait at each side.
            Every message is received and its size checked.

            Figures are those of the steady state: processes of all three libraries alike do the work for the time of the
            run-up on the connection that is measured then, so that a JVM has compiled what it runs. A program that ends
            within the first seconds is slower on a JVM. Where there is no stream of messages, nothing is run up, and it
            says so.

            `./bench/run` measures anew and writes this page; [results.csv](performance/results.csv) holds every single run.
            """;

    private final Results results;
    private final StringBuilder text = new StringBuilder();

    private Page(Results results) {
        this.results = results;
    }

    /** The page for the results. */
    public static String of(Results results) {
        return new Page(results).write();
    }

    private String write() {
        var runs = results.facts().getOrDefault(Results.RUNS, "several");
        text.append(INTRODUCTION.formatted(runs.equals("1") ? "a single run" : runs + " runs"));
        writeFacts();
        for (var section : measured(results)) {
            write(section);
        }
        writeFailures();
        return text.toString();
    }

    /** The sections of which at least one row was tried, with these rows. */
    static List<Section> measured(Results results) {
        var sections = new ArrayList<Section>();
        for (var all : Sections.all()) {
            var rows = all.rows().stream()
                    .filter(row -> results.has(row.scenario()))
                    .toList();
            if (!rows.isEmpty()) {
                sections.add(new Section(
                        all.id(),
                        all.title(),
                        all.text(),
                        all.unit(),
                        all.rowTitle(),
                        all.moreIsBetter(),
                        all.plot(),
                        rows));
            }
        }
        return sections;
    }

    private void writeFacts() {
        text.append("\n| | |\n| --- | --- |\n");
        results.facts().forEach((name, value) -> row(List.of(name, value)));
    }

    private void write(Section section) {
        text.append("\n## ").append(section.title()).append("\n\n");
        text.append(section.text()).append(" In ").append(section.unit()).append("; ");
        text.append(section.moreIsBetter() ? "more is better.\n\n" : "less is better.\n\n");
        text.append("![")
                .append(section.title())
                .append("](performance/")
                .append(section.id())
                .append(".svg)\n\n");
        var titles = new ArrayList<>(List.of(section.rowTitle()));
        var contenders = contendersOf(section);
        contenders.forEach(contender -> titles.add(contender.title()));
        titles.add("to libzmq");
        titles.add("to JeroMQ");
        row(titles);
        text.append("| ---: ".repeat(titles.size())).append("|\n");
        section.rows().forEach(row -> write(section, row, contenders));
    }

    /** Those that are always compared, and who else took part. */
    private List<Contender> contendersOf(Section section) {
        return Arrays.stream(Contender.values())
                .filter(contender -> Contender.ZEROMQ.contains(contender)
                        || section.rows().stream().anyMatch(row -> tookPart(row.scenario(), contender)))
                .toList();
    }

    private boolean tookPart(String scenario, Contender contender) {
        return results.failure(scenario, contender) != null
                || results.samples().stream()
                        .anyMatch(sample -> sample.contender() == contender
                                && sample.scenario().equals(scenario));
    }

    private void write(Section section, Row row, List<Contender> contenders) {
        var cells = new ArrayList<>(List.of(row.label()));
        for (var contender : contenders) {
            cells.add(cell(row, contender));
        }
        cells.add(ratio(section, row, Contender.LIBZMQ));
        cells.add(ratio(section, row, Contender.JEROMQ));
        row(cells);
    }

    private String cell(Row row, Contender contender) {
        if (results.failure(row.scenario(), contender) != null) {
            return "failed";
        }
        var summary = results.summary(row.scenario(), contender, row.figure());
        if (summary == null) {
            return "–";
        }
        var median = "**" + Numbers.brief(summary.median()) + "**";
        if (summary.least() == summary.most()) {
            return median;
        }
        return median + " (" + Numbers.brief(summary.least()) + " … " + Numbers.brief(summary.most()) + ")";
    }

    private String ratio(Section section, Row row, Contender other) {
        var ours = results.summary(row.scenario(), Contender.LINGMQ, row.figure());
        var theirs = results.summary(row.scenario(), other, row.figure());
        if (ours == null || theirs == null) {
            return "–";
        }
        var ratio = section.moreIsBetter() ? ours.median() / theirs.median() : theirs.median() / ours.median();
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "–";
    }

    private void writeFailures() {
        if (results.failures().isEmpty()) {
            return;
        }
        text.append("\n## Failures\n\n| scenario | library | run | reason |\n| --- | --- | ---: | --- |\n");
        for (var failure : results.failures()) {
            row(List.of(
                    failure.scenario(),
                    failure.contender().title(),
                    Integer.toString(failure.run()),
                    failure.reason()));
        }
    }

    private void row(List<String> cells) {
        text.append(
                cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n")));
    }
}
