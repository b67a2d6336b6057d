package io.lingmq.artifacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the system, in a process of its own. */
public final class Command {
    private static final long PATIENCE_S = 180;

    private final ProcessBuilder builder;
    private final Path output;

    /** A command that is to work in a folder with a JDK. */
    public Command(Path folder, Path jdk, List<String> words) {
        try {
            output = Files.createTempFile(folder, "output", ".txt");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        builder = new ProcessBuilder(new ArrayList<>(words))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().remove("MAVEN_OPTS");
    }

    /** Sets a variable of its environment. */
    public Command with(String variable, String value) {
        builder.environment().put(variable, value);
        return this;
    }

    /** Starts it; its end is waited for in {@link Running#output}. */
    public Running start() throws IOException {
        return new Running(builder.start());
    }

    /** Runs it to its end; fails if it fails. Returns what it has printed. */
    public String run() throws IOException, InterruptedException {
        return start().output();
    }

    /** The command while it runs. */
    public final class Running {
        private final Process process;

        private Running(Process process) {
            this.process = process;
        }

        /** What it has printed when it has ended well; anything else is an error. */
        public String output() throws IOException, InterruptedException {
            var ended = process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
            process.destroyForcibly();
            var printed = Files.readString(output);
            if (!ended || process.exitValue() != 0) {
                var how = ended ? "ended with " + process.exitValue() : "has not ended after " + PATIENCE_S + " s";
                throw new AssertionError(String.join(" ", builder.command()) + " " + how + ":\n" + printed);
            }
            return printed;
        }
    }
}
