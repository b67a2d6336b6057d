package io.lingmq.bench.report;

import io.lingmq.bench.run.Contender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All that was measured, and on what. */
public final class Results {
    /** The fact that tells how often everything was run. */
    public static final String RUNS = "Runs";

    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<Sample> samples = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    /**
     * One figure of one run.
     *
     * @param scenario its name
     * @param contender who was measured
     * @param run the how manieth, from 1
     * @param figure what was measured, with its unit, as the processes print it
     * @param value how much
     */
    public record Sample(String scenario, Contender contender, int run, String figure, double value) {}

    /**
     * A run without figures.
     *
     * @param scenario its name
     * @param contender who failed
     * @param run the how manieth, from 1
     * @param reason why
     */
    public record Failure(String scenario, Contender contender, int run, String reason) {}

    /** Notes something about the machine, the versions or the run. */
    public void note(String name, String value) {
        facts.put(name, value);
    }

    /** Adds a figure. */
    public void add(String scenario, Contender contender, int run, String figure, double value) {
        samples.add(new Sample(scenario, contender, run, figure, value));
    }

    /** Adds a run that gave no figures. */
    public void fail(String scenario, Contender contender, int run, String reason) {
        failures.add(new Failure(scenario, contender, run, reason));
    }

    /** Adds the figures and failures of an earlier part of the same run. */
    public void addAll(Results earlier) {
        samples.addAll(earlier.samples);
        failures.addAll(earlier.failures);
    }

    /** What was noted, in that order. */
    public Map<String, String> facts() {
        return facts;
    }

    /** All figures. */
    public List<Sample> samples() {
        return samples;
    }

    /** All failures. */
    public List<Failure> failures() {
        return failures;
    }

    /** Why a library failed in a scenario; null if it did not. */
    public @Nullable String failure(String scenario, Contender contender) {
        return failures.stream()
                .filter(failure ->
                        failure.contender() == contender && failure.scenario().equals(scenario))
                .map(Failure::reason)
                .findFirst()
                .orElse(null);
    }

    /** Whether the library was measured at all. */
    public boolean has(Contender contender) {
        return samples.stream().anyMatch(sample -> sample.contender() == contender)
                || failures.stream().anyMatch(failure -> failure.contender() == contender);
    }

    /** Whether anybody tried the scenario. */
    public boolean has(String scenario) {
        return samples.stream().anyMatch(sample -> sample.scenario().equals(scenario))
                || failures.stream().anyMatch(failure -> failure.scenario().equals(scenario));
    }

    /** Whether that run of the library gave figures. */
    public boolean has(String scenario, Contender contender, int run) {
        return samples.stream()
                .anyMatch(sample -> sample.run() == run
                        && sample.contender() == contender
                        && sample.scenario().equals(scenario));
    }

    /** One figure over all runs; null if there is none. */
    public @Nullable Summary summary(String scenario, Contender contender, String figure) {
        Predicate<Sample> meant = sample -> sample.contender() == contender
                && sample.scenario().equals(scenario)
                && sample.figure().equals(figure);
        var values = samples.stream().filter(meant).mapToDouble(Sample::value).toArray();
        return values.length == 0 || failure(scenario, contender) != null ? null : Summary.of(values);
    }

    /**
     * Several runs in brief.
     *
     * @param median the middle one
     * @param least the smallest
     * @param most the largest
     */
    public record Summary(double median, double least, double most) {
        static Summary of(double... values) {
            var sorted = values.clone();
            Arrays.sort(sorted);
            var middle = sorted.length / 2;
            var median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Summary(median, sorted[0], sorted[sorted.length - 1]);
        }
    }
}
