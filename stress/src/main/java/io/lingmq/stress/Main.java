package io.lingmq.stress;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jcstress.JCStress;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.TestGrading;

/** Starts {@code stress/run}: jcstress with its own options, then a verdict on each test. */
public final class Main {
    private static final String LOG = "jcstress.log";

    private Main() {}

    /** Exit code 0: all sound tests passed and all broken ones were caught; 1: not so; 2: the arguments are wrong. */
    public static void main(String[] args) throws Exception {
        var options = new Options(args);
        if (!options.parse()) {
            System.exit(2);
        }
        if (options.shouldList()) {
            new JCStress(options).getTests().forEach(System.out::println);
            return;
        }
        runQuietly(options);
        var verdicts = verdicts(options.getResultFile());
        verdicts.stream().filter(Verdict::good).forEach(System.out::println);
        var wrong = verdicts.stream().filter(verdict -> !verdict.good()).toList();
        wrong.forEach(System.out::println); // last, where they are looked for
        System.out.println(verdicts.size() + " tests, " + wrong.size() + " failed");
        System.exit(wrong.isEmpty() && !verdicts.isEmpty() ? 0 : 1);
    }

    /** To jcstress a broken test that fails is bad news, at length; so what it says goes to a file of its own. */
    private static void runQuietly(Options options) throws Exception {
        var console = System.out;
        try (var log = new PrintStream(LOG, StandardCharsets.UTF_8)) {
            System.setOut(log);
            new JCStress(options).run();
        } catch (AssertionError e) {
            // At least one test failed, as the broken ones must; the verdicts tell.
        } finally {
            System.setOut(console);
        }
    }

    private static List<Verdict> verdicts(String file) throws IOException, ClassNotFoundException {
        Map<String, List<Verdict.Outcome>> runs = new TreeMap<>();
        var results = new DiskReadCollector(
                file,
                result -> runs.computeIfAbsent(result.getName(), name -> new ArrayList<>())
                        .add(outcome(result)));
        try {
            results.dump();
        } finally {
            results.close();
        }
        return runs.entrySet().stream()
                .map(run -> Verdict.of(run.getKey(), run.getValue()))
                .toList();
    }

    private static Verdict.Outcome outcome(TestResult result) {
        if (result.status() != Status.NORMAL) {
            return Verdict.Outcome.ERROR;
        }
        return TestGrading.grade(result).isPassed ? Verdict.Outcome.PASSED : Verdict.Outcome.FAILED;
    }
}
