package io.lingmq.bench.run;

import io.lingmq.bench.report.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs all turns and notes what comes of them. */
public final class Contest {
    private final Map<Contender, List<String>> commands;
    private final Scale scale;
    private final Duration limit;
    private final Progress progress;
    private final Journal journal;

    /** A contest between the libraries that the commands start; each turn's figures go to the journal at once. */
    public Contest(
            Map<Contender, List<String>> commands, Scale scale, Duration limit, Progress progress, Journal journal) {
        this.commands = commands;
        this.scale = scale;
        this.limit = limit;
        this.progress = progress;
        this.journal = journal;
    }

    /**
     * Runs the scenarios; a library that failed in one is not tried again there, and a turn whose figures there are
     * already is not taken again.
     */
    public void run(List<Scenario> scenarios, int runs, Results results) throws IOException, InterruptedException {
        var contenders = commands.keySet().stream().sorted().toList();
        var turns = Turn.interleaved(scenarios, contenders, runs);
        var folder = Files.createTempDirectory("bench");
        try {
            for (var i = 0; i < turns.size(); i++) {
                progress.show(i, turns.size(), turns.get(i).toString());
                take(turns.get(i), new Endpoints(folder), results);
            }
        } finally {
            progress.done();
            deleteWithContents(folder);
        }
    }

    private void take(Turn turn, Endpoints endpoints, Results results) throws IOException, InterruptedException {
        var scenario = turn.scenario().name();
        if (results.failure(scenario, turn.contender()) != null
                || results.has(scenario, turn.contender(), turn.run())) {
            return;
        }
        try {
            var command = commands.getOrDefault(turn.contender(), List.of());
            var figures = ProcessGroup.play(command, turn.scenario().work().roles(endpoints, scale), limit);
            figures.forEach((figure, value) -> results.add(scenario, turn.contender(), turn.run(), figure, value));
        } catch (FailedRunException e) {
            results.fail(scenario, turn.contender(), turn.run(), String.valueOf(e.getMessage()));
            progress.say(turn + " failed: " + e.getMessage());
        }
        journal.keep(results);
    }

    private static void deleteWithContents(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.delete(folder);
    }
}
