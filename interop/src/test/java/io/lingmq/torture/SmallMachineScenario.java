package io.lingmq.torture;

import io.lingmq.interop.Program;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Another scenario in a JVM of its own that has next to nothing: a small heap, little direct memory, few descriptors
 * that run out again and again, a foreign language, one carrier for all of its threads, which are virtual. What is
 * promised is promised there too.
 */
final class SmallMachineScenario implements Scenario {
    private static final List<Class<? extends Scenario>> PLAYED =
            List.of(PipelineScenario.class, RouterScenario.class, PublishScenario.class, RequestScenario.class);

    @Override
    public Set<Promise> checks() {
        return EnumSet.noneOf(Promise.class);
    }

    @Override
    public void run(Turn turn) throws Exception {
        var options = new ArrayList<>(turn.oneOf(hardships()));
        options.add("-Dtorture.traffic.ms=800");
        var played = turn.oneOf(PLAYED).getSimpleName();
        var seed = String.valueOf(turn.between(0, Integer.MAX_VALUE - 1));
        var without = new ArrayList<String>();
        for (var trouble : Trouble.values()) {
            if (!turn.has(trouble)) {
                without.add(trouble.name());
            }
        }
        var arguments = new ArrayList<>(List.of("--scenario", played, "--seed", seed, "--turns", "1"));
        if (!without.isEmpty()) {
            arguments.addAll(List.of("--without", String.join(",", without)));
        }
        turn.note(played + " with " + options);
        var java = Jvm.command(options, Torture.class, arguments.toArray(new String[0]));
        var command =
                new ArrayList<>(List.of("bash", "-c", "ulimit -n 160; export LC_ALL=de_DE.UTF-8; exec \"$@\"", "-"));
        command.addAll(java);
        try (var child = Program.start("torture-small", command)) {
            awaitEnd(turn, child);
            var said = child.lastLines();
            if (child.exitCode() != 0) {
                throw new AssertionError("exit code " + child.exitCode() + " of " + String.join(" ", command)
                        + child.errors() + "\n    " + String.join("\n    ", said));
            }
        }
    }

    private static void awaitEnd(Turn turn, Program child) {
        try {
            turn.await("the end of the small machine", () -> !child.isAlive());
        } catch (AssertionError e) {
            turn.note("the threads of the small machine, before it is killed:\n" + ThreadDump.of(child.pid()));
            throw e;
        }
    }

    private static List<List<String>> hardships() {
        var all = new ArrayList<>(List.of(
                List.of("-Xmx32m", "-XX:MaxDirectMemorySize=8m"),
                List.of("-Dtorture.hog=true"),
                List.of("-Duser.language=de", "-Duser.country=DE")));
        if (Runtime.version().feature() >= 21) {
            all.add(List.of(
                    "-Dtorture.virtual=always",
                    "-Djdk.virtualThreadScheduler.parallelism=1",
                    "-Djdk.virtualThreadScheduler.maxPoolSize=1"));
        }
        return all;
    }
}
