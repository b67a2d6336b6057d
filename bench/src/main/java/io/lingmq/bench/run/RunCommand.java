package io.lingmq.bench.run;

import io.lingmq.bench.report.Report;
import io.lingmq.bench.report.Results;
import io.lingmq.bench.report.ResultsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench/run}: measures LingMQ beside libzmq and JeroMQ and writes the report. */
@Command(
        name = "bench/run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures LingMQ beside libzmq and JeroMQ, in turn, and writes docs/PERFORMANCE.md with its plots.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  bench/run                          everything, three times; takes about 80 minutes",
            "  bench/run --resume                 goes on where a run was ended",
            "  bench/run --quick                  does everything work?",
            "  bench/run --runs 3 tcp-thr proxy   the scenarios whose names begin so",
            "  bench/run --only lingmq fan-100    one library alone",
            "  bench/run --render                 the page and the plots anew, from the results that are kept",
            "",
            "Runs of some scenarios, of some libraries or with --quick go to bench/target/report unless --out says"
                    + " otherwise. libzmq needs its headers and a C compiler (Debian: libzmq3-dev, gcc).",
            "Exit code 0: measured; 1: something failed, see the report; 2: wrong arguments."
        })
final class RunCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often (${DEFAULT-VALUE}); a third of that for paced streams, which take half a minute.")
    private int runs;

    @Option(names = "--quick", description = "One run, hardly run up and soon over: to see that it works.")
    private boolean quick;

    @Option(names = "--only", paramLabel = "LIBRARY", split = ",", description = "lingmq, libzmq, jeromq, aeron.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where the report goes.")
    private @Nullable Path out;

    @Option(
            names = "--resume",
            description = "Goes on with a run that was ended, with the same code, options and machine.")
    private boolean resume;

    @Option(names = "--list", description = "Name the scenarios.")
    private boolean list;

    @Option(names = "--render", description = "Measure nothing, write the report from its results.")
    private boolean render;

    @Option(
            names = "--java-options",
            paramLabel = "OPTIONS",
            split = " ",
            defaultValue = "-XX:+UseSerialGC",
            description = "For both Java libraries (${DEFAULT-VALUE}).")
    private List<String> javaOptions = new ArrayList<>();

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            defaultValue = "180",
            description = "For each run (${DEFAULT-VALUE}).")
    private int limitSeconds;

    @Option(names = "--root", hidden = true, defaultValue = ".")
    private Path root = Path.of(".");

    @Option(names = "--commit", hidden = true, defaultValue = "unknown")
    private String commit = "";

    @Option(names = "--progress", hidden = true)
    private boolean progress;

    @Parameters(paramLabel = "SCENARIO", arity = "0..*", description = "What to measure; all if none is named.")
    private List<String> words = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            Scenarios.names().forEach(System.out::println);
            return 0;
        }
        var folder = folder();
        var results = render ? ResultsFile.read(Report.resultsIn(folder)) : measure();
        Report.write(results, folder);
        if (!render) {
            journal().discard();
        }
        System.out.println(folder.resolve("PERFORMANCE.md").normalize());
        return results.failures().isEmpty() ? 0 : FAILED;
    }

    private Path folder() {
        if (out != null) {
            return out;
        }
        var partial = quick || !only.isEmpty() || !words.isEmpty();
        return root.resolve(partial ? "bench/target/report" : "docs");
    }

    private Results measure() throws IOException, InterruptedException {
        var scenarios = scenarios();
        var commands = Commands.of(contenders(), javaOptions, root.resolve("bench"));
        var howOften = quick ? 1 : runs;
        var scale = quick ? Scale.QUICK : Scale.FULL;
        var results = new Results();
        Machine.describe(results);
        for (var contender : Contender.values()) {
            note(contender, commands, results);
        }
        results.note("Java options", String.join(" ", javaOptions));
        results.note(Results.RUNS, Integer.toString(howOften));
        results.note(
                "Run-up",
                scale.runUpMs() / 1e3 + " s, then " + scale.measuredMs() / 1e3 + " s measured, " + scale.pacedMs() / 1e3
                        + " s of a paced stream");
        if (quick) {
            results.note("Quick", "yes, so these figures mean little");
        }
        scenarios.stream()
                .filter(scenario -> !scenario.isPossible())
                .forEach(scenario -> System.err.println(
                        "bench: " + scenario.name() + " is left out: needs JDK " + scenario.leastJdk()));
        if (resume) {
            goOn(results);
        }
        var limit = Duration.ofSeconds(limitSeconds);
        new Contest(commands.available(), scale, limit, new Progress(System.err, progress), journal())
                .run(scenarios, howOften, results);
        return results;
    }

    private Journal journal() {
        return new Journal(root.resolve("bench/target/unfinished.csv"));
    }

    private void goOn(Results results) throws IOException {
        try {
            journal().resume(results);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private void note(Contender contender, Commands commands, Results results) throws InterruptedException {
        var command = commands.available().get(contender);
        var missing = commands.missing().get(contender);
        if (command != null) {
            var version = Commands.version(command);
            var what = contender == Contender.LINGMQ ? version + ", commit " + commit : version;
            results.note(contender.title(), what);
        } else if (missing != null) {
            results.note(contender.title(), missing);
            System.err.println("bench: " + contender.title() + " is " + missing);
        }
    }

    private List<Scenario> scenarios() {
        try {
            return Scenarios.named(words);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private List<Contender> contenders() {
        if (only.isEmpty()) {
            return List.of(Contender.values());
        }
        try {
            return only.stream().map(Contender::of).toList();
        } catch (IllegalArgumentException e) {
            throw wrong("--only takes lingmq, libzmq, jeromq and aeron, not " + only);
        }
    }

    private ParameterException wrong(@Nullable String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
