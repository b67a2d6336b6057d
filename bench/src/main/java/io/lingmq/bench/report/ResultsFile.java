package io.lingmq.bench.report;

import io.lingmq.bench.run.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Results as comma-separated values: {@code scenario,library,run,figure,value}. A run that failed has the figure
 * {@value #FAILED} and its reason as the value. What was noted stands in front, as {@code # name: value}.
 */
public final class ResultsFile {
    private static final String HEADER = "scenario,library,run,figure,value";
    private static final String NOTE = "# ";
    private static final String NOTE_VALUE = ": ";
    private static final String FAILED = "failed";
    private static final int COLUMNS = 5;

    private ResultsFile() {}

    /** Writes the results. */
    public static void write(Results results, Path file) throws IOException {
        Files.write(file, lines(results));
    }

    /** Reads what {@link #write} wrote. */
    public static Results read(Path file) throws IOException {
        return parse(Files.readAllLines(file));
    }

    static List<String> lines(Results results) {
        var lines = new ArrayList<String>();
        results.facts().forEach((name, value) -> lines.add(NOTE + name + NOTE_VALUE + value));
        lines.add(HEADER);
        for (var sample : results.samples()) {
            lines.add(line(sample.scenario(), sample.contender(), sample.run(), sample.figure(), sample.value()));
        }
        for (var failure : results.failures()) {
            var reason = failure.reason().replaceAll("\\R", " ");
            lines.add(line(failure.scenario(), failure.contender(), failure.run(), FAILED, reason));
        }
        return lines;
    }

    private static String line(String scenario, Contender contender, int run, String figure, Object value) {
        return String.join(",", scenario, contender.key(), Integer.toString(run), figure, value.toString());
    }

    static Results parse(List<String> lines) {
        var results = new Results();
        for (var line : lines) {
            if (line.startsWith(NOTE)) {
                var parts = line.substring(NOTE.length()).split(NOTE_VALUE, 2);
                results.note(parts[0], parts.length > 1 ? parts[1] : "");
            } else if (!line.equals(HEADER) && !line.isBlank()) {
                parse(line, results);
            }
        }
        return results;
    }

    private static void parse(String line, Results results) {
        var columns = line.split(",", COLUMNS);
        if (columns.length < COLUMNS) {
            throw new IllegalArgumentException("not a line of results: " + line);
        }
        var contender = Contender.of(columns[1]);
        var run = Integer.parseInt(columns[2]);
        if (columns[3].equals(FAILED)) {
            results.fail(columns[0], contender, run, columns[4]);
        } else {
            results.add(columns[0], contender, run, columns[3], Double.parseDouble(columns[4]));
        }
    }
}
