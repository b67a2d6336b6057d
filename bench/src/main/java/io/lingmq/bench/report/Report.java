package io.lingmq.bench.report;

import io.lingmq.bench.report.Chart.Series;
import io.lingmq.bench.run.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Writes page, plots and results into a folder of documentation. */
public final class Report {
    private static final Map<Contender, String> COLOURS = new EnumMap<>(Map.of(
            Contender.LINGMQ, "#2f81f7",
            Contender.LIBZMQ, "#d9822b",
            Contender.JEROMQ, "#9a6bd6",
            Contender.AERON, "#3fa66b"));

    private Report() {}

    /** Where the results are kept below the given folder. */
    public static Path resultsIn(Path docs) {
        return docs.resolve("performance").resolve("results.csv");
    }

    /** Writes everything; plots that were there and are not drawn now are left. */
    public static void write(Results results, Path docs) throws IOException {
        var file = resultsIn(docs);
        var folder = Files.createDirectories(docs.resolve("performance"));
        ResultsFile.write(results, file);
        for (var section : Page.measured(results)) {
            var chart = chart(section, results);
            var svg = section.plot() == Section.Plot.BARS ? Svg.bars(chart) : Svg.lines(chart);
            Files.writeString(folder.resolve(section.id() + ".svg"), svg);
        }
        Files.writeString(docs.resolve("PERFORMANCE.md"), Page.of(results));
    }

    private static Chart chart(Section section, Results results) {
        var series = Arrays.stream(Contender.values())
                .filter(results::has)
                .map(contender -> series(section, results, contender))
                .filter(one -> Arrays.stream(one.values()).anyMatch(Double::isFinite))
                .toList();
        var categories = section.rows().stream().map(Row::label).toList();
        return new Chart(section.title(), section.unit(), section.rowTitle(), categories, series);
    }

    private static Series series(Section section, Results results, Contender contender) {
        var values = section.rows().stream()
                .map(row -> results.summary(row.scenario(), contender, row.figure()))
                .mapToDouble(summary -> summary == null ? Double.NaN : summary.median())
                .toArray();
        return new Series(contender.title(), COLOURS.getOrDefault(contender, "#7d8590"), values);
    }
}
