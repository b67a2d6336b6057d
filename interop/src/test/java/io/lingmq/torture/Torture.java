package io.lingmq.torture;

import io.lingmq.testkit.Await;
import io.lingmq.testkit.ResourceWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs scenarios, one after the other, until the time is over; {@code ./soak} starts it.
 *
 * <pre>
 *   --seconds N       how long to begin new turns
 *   --seed S          the numbers that decide everything that threads leave to decide
 *   --scenario NAME   only this one
 *   --turns N         so many turns at most
 *   --without KINDS   without some troubles, see {@link Trouble}
 * </pre>
 */
public final class Torture {
    private static final Duration TRAFFIC = Duration.ofMillis(Long.getLong("torture.traffic.ms", 1500));
    /** Far beyond what the slowest turn takes, its own waits included. */
    private static final long HANGS_AFTER_MS = 4 * Turn.PATIENCE.toMillis();

    private final TortureArguments arguments;
    private final TortureReport report = new TortureReport();
    private final Set<Promise> kept = EnumSet.noneOf(Promise.class);
    private final Set<String> leftOut = new TreeSet<>();

    private Torture(TortureArguments arguments) {
        this.arguments = arguments;
    }

    /** Runs, and ends the process: 0 nothing found, 1 a finding, 2 wrong arguments. */
    public static void main(String[] args) throws InterruptedException {
        TortureArguments arguments;
        try {
            arguments = TortureArguments.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println("soak: " + e.getMessage());
            System.exit(2);
            return;
        }
        QuietLog.install();
        System.exit(new Torture(arguments).run() ? 0 : 1);
    }

    private boolean run() throws InterruptedException {
        report.begin(arguments.seed());
        var endNs = System.nanoTime() + arguments.time().toNanos();
        var order = new Random(arguments.seed());
        List<Scenario> waiting = new ArrayList<>();
        var turns = 0;
        while (turns < arguments.turns() && System.nanoTime() - endNs < 0) {
            if (waiting.isEmpty()) {
                waiting.addAll(arguments.scenarios());
                Collections.shuffle(waiting, order);
            }
            var scenario = waiting.remove(0);
            if (scenario.lacks().isEmpty()) {
                take(scenario, arguments.seed() + turns++, Duration.ofNanos(endNs - System.nanoTime()));
            } else if (leftOut.add(scenario.name() + " (" + scenario.lacks() + ")")
                    && leftOut.size() == arguments.scenarios().size()) {
                break;
            }
        }
        var open = EnumSet.noneOf(Promise.class);
        arguments.scenarios().forEach(scenario -> open.addAll(scenario.checks()));
        return report.end(turns, open, kept, leftOut);
    }

    private void take(Scenario scenario, long seed, Duration left) throws InterruptedException {
        report.turn(scenario, seed, left);
        var turn = new Turn(seed, TRAFFIC, arguments.troubles());
        var task = TurnTask.start(scenario.name(), 0, () -> {
            try {
                scenario.run(turn);
            } catch (Throwable e) { // whatever it is, it is a finding, told while all threads still stand
                report.finding(scenario, seed, turn, e);
            } finally {
                turn.close();
            }
            return null;
        });
        if (!task.awaitEnd(HANGS_AFTER_MS)) {
            report.finding(scenario, seed, turn, new AssertionError("the turn hangs"));
            task.interrupt();
        } else if (task.failure() != null) {
            report.finding(scenario, seed, turn, task.failure());
        }
        if (report.isClean()) {
            assertNothingIsLeft(scenario, seed, turn);
        }
        turn.kept().forEach(row -> {
            if (!scenario.checks().contains(row)) {
                report.finding(scenario, seed, turn, new AssertionError("does not say that it checks " + row));
            }
        });
        kept.addAll(turn.kept());
    }

    /**
     * All contexts of the turn are closed: their threads are gone. Asked only while nothing was found that may hang.
     */
    private void assertNothingIsLeft(Scenario scenario, long seed, Turn turn) {
        try {
            Await.until(
                    "no I/O thread is left",
                    Turn.PATIENCE,
                    () -> ResourceWatch.threads("lingmq-io").isEmpty());
        } catch (AssertionError e) {
            report.finding(scenario, seed, turn, e);
        }
    }
}
