package io.lingmq.torture;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;

/** What a run tells: seeds first, then how far it is, each finding with all that is known of it, and the result. */
final class TortureReport {
    private static final long MINUTE_NS = 60_000_000_000L;
    /** Of one scenario's findings so many are told in full. */
    private static final int MOST_TOLD = 3;

    private static final boolean ON_TERMINAL = Boolean.getBoolean("torture.terminal");

    private final PrintStream out = System.out;
    private final TreeMap<String, Integer> findings = new TreeMap<>();
    private final long begunNs = System.nanoTime();
    private long toldNs = begunNs;
    private int turns;

    void begin(long seed) {
        out.println("soak: JDK " + Runtime.version().feature() + ", again with --seed " + seed);
    }

    synchronized void turn(Scenario scenario, long seed, Duration left) {
        turns++;
        var nowNs = System.nanoTime();
        if (ON_TERMINAL) {
            out.printf("\r\u001b[Ksoak: turn %d, %s, %d s left", turns, scenario.name(), left.toSeconds());
            out.flush();
        } else if (nowNs - toldNs >= MINUTE_NS) {
            toldNs = nowNs;
            out.printf("soak: %d turns in %d s, %d findings%n", turns, sinceBegin(nowNs), findings());
        }
    }

    private long sinceBegin(long nowNs) {
        return (nowNs - begunNs) / 1_000_000_000L;
    }

    private int findings() {
        return findings.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized boolean isClean() {
        return findings.isEmpty();
    }

    synchronized void finding(Scenario scenario, long seed, Turn turn, Throwable failure) {
        findings.merge(scenario.name(), 1, Integer::sum);
        var trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        out.println();
        out.println("FOUND by " + scenario.name() + ": " + failure.getMessage());
        out.println("  again with ./soak --scenario " + scenario.name() + " --seed " + seed);
        if (findings.get(scenario.name()) > MOST_TOLD) {
            return;
        }
        out.print(turn.account());
        out.println("  " + trace.toString().replace("\n", "\n  "));
        if (findings.get(scenario.name()) == 1) {
            out.println("  threads:");
            out.println(ThreadDump.take());
        }
    }

    /**
     * The last lines.
     *
     * @param open the rows that the chosen scenarios can reach
     * @return whether nothing was found
     */
    synchronized boolean end(int done, Set<Promise> open, Set<Promise> kept, Set<String> leftOut) {
        if (ON_TERMINAL) {
            out.print("\r\u001b[K");
        }
        leftOut.forEach(what -> out.println("soak: left out: " + what));
        open.removeAll(kept);
        if (!open.isEmpty()) {
            out.println("soak: rows of docs/PROMISES.md that no turn reached: " + open);
        }
        var seconds = sinceBegin(System.nanoTime());
        var result = findings.isEmpty() ? "nothing found" : "FOUND " + findings();
        out.printf("soak: %s in %d turns, %d s%s%n", result, done, seconds, findings.isEmpty() ? "" : ": " + findings);
        return findings.isEmpty();
    }
}
