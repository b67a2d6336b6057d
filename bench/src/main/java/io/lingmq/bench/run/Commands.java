package io.lingmq.bench.run;

import io.lingmq.bench.peer.MeasuredProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How the measured program of each library is started. */
public final class Commands {
    /** Its buffers reach beneath Java's API. */
    private static final List<String> AERON_OPTIONS = List.of("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED");

    private static final int COMPILER_LIMIT_S = 60;
    private static final String SOURCE = "src/main/c/libzmq-peer.c";
    private static final String PROGRAM = "target/libzmq-peer";

    private final Map<Contender, List<String>> commands = new EnumMap<>(Contender.class);
    private final Map<Contender, String> missing = new EnumMap<>(Contender.class);

    private Commands() {}

    /** Commands of those libraries; libzmq's program is compiled from the given folder of this module. */
    public static Commands of(List<Contender> contenders, List<String> javaOptions, Path module)
            throws InterruptedException {
        var commands = new Commands();
        for (var contender : contenders) {
            if (contender == Contender.LIBZMQ) {
                commands.compile(module);
            } else {
                commands.commands.put(contender, java(javaOptions, contender));
            }
        }
        return commands;
    }

    /** The command of each library that can be measured. */
    public Map<Contender, List<String>> available() {
        return commands;
    }

    /** Why the others cannot. */
    public Map<Contender, String> missing() {
        return missing;
    }

    private static List<String> java(List<String> options, Contender contender) {
        var words = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        words.addAll(options);
        if (contender == Contender.AERON) {
            words.addAll(AERON_OPTIONS);
        }
        words.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), MeasuredProgram.class.getName(), contender.key()));
        return words;
    }

    private void compile(Path module) throws InterruptedException {
        var program = module.resolve(PROGRAM).toAbsolutePath();
        var compiler = new ProcessBuilder(
                        "cc",
                        "-O2",
                        "-o",
                        program.toString(),
                        module.resolve(SOURCE).toString(),
                        "-lzmq",
                        "-lpthread")
                .redirectErrorStream(true);
        try {
            Files.createDirectories(program.resolveSibling("."));
            var process = compiler.start();
            process.getInputStream().readAllBytes();
            if (process.waitFor(COMPILER_LIMIT_S, TimeUnit.SECONDS) && process.exitValue() == 0) {
                commands.put(Contender.LIBZMQ, List.of(program.toString()));
            } else {
                missing.put(Contender.LIBZMQ, "not measured: its program does not compile; are its headers installed?");
            }
        } catch (IOException e) {
            missing.put(Contender.LIBZMQ, "not measured: there is no C compiler");
        }
    }

    /** What the library says about its version. */
    public static String version(List<String> command) throws InterruptedException {
        try {
            var words = new ArrayList<>(command);
            words.add("version");
            var process = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return said.strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
