package io.lingmq.interop;

import io.lingmq.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Another program that runs beside the test: what it prints can be waited for, and it never outlives the test. */
public final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AtomicInteger LAST = new AtomicInteger();

    private final String name;
    private final Process process;
    private final Path errors;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private volatile boolean saidAll;

    private Program(String name, Process process, Path errors) {
        this.name = name;
        this.process = process;
        this.errors = errors;
        var reader = new Thread(this::readLines, "output of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a program; fails if there is none such. */
    public static Program start(String name, List<String> command) throws IOException {
        return start(name, command, Map.of());
    }

    /** Starts a program with further variables in its environment. */
    static Program start(String name, List<String> command, Map<String, String> environment) throws IOException {
        var errors = PeerLanguage.target().resolve("peers").resolve(LAST.incrementAndGet() + "-" + name + ".err");
        Files.createDirectories(errors.getParent());
        var builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return new Program(name, builder.start(), errors);
    }

    /** Starts a program of the seed or the like, written in one of the peers' languages. */
    public static Program start(PeerLanguage language, String program, String... arguments) {
        try {
            return start(program, language.command(program, arguments));
        } catch (IOException e) {
            throw language.missing(String.valueOf(e.getMessage()));
        }
    }

    private void readLines() {
        try (var in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = in.readLine()) != null) {
                lines.add(line);
            }
        } catch (IOException e) {
            // The program was killed, and its output ends.
        } finally {
            saidAll = true;
        }
    }

    /** Writes a line to its standard input. */
    public void write(String line) {
        try {
            var in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new AssertionError(name + " no longer listens: " + errors(), e);
        }
    }

    /** Says that its standard input has ended. */
    public void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next line of its standard output. */
    public String line() {
        return line(PATIENCE);
    }

    /** The next line of its standard output, if it comes in time. */
    public String line(Duration patience) {
        var line = lineWithin(patience);
        if (line == null) {
            throw new AssertionError(name + " printed nothing more" + (saidAll ? " and has ended" : "") + errors());
        }
        return line;
    }

    private @Nullable String lineWithin(Duration patience) {
        var endNs = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                var line = lines.poll(50, TimeUnit.MILLISECONDS);
                if (line != null || System.nanoTime() - endNs > 0 || (saidAll && lines.isEmpty())) {
                    return line;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + name, e);
        }
    }

    /** The next line that the test is waiting for; those before it are passed over. */
    public String line(Predicate<String> wanted) {
        var passed = new ArrayList<String>();
        while (true) {
            var line = lineWithin(PATIENCE);
            if (line == null) {
                throw new AssertionError(
                        name + " did not print the line that was waited for, but " + passed + errors());
            }
            if (wanted.test(line)) {
                return line;
            }
            passed.add(line);
        }
    }

    /** The next line that a program said which has ended or is about to; null if that was all. */
    public @Nullable String lastLine() {
        Await.until(name + " said all", () -> saidAll || !lines.isEmpty());
        return lines.poll();
    }

    /** The lines of a program that has ended which have not been read yet. */
    public List<String> lastLines() {
        Await.until(name + " said all", () -> saidAll);
        var all = new ArrayList<String>();
        lines.drainTo(all);
        return all;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Its exit code, as soon as it has ended by itself. */
    public int exitCode() {
        Await.until(name + " ends by itself", PATIENCE, () -> !process.isAlive());
        return process.exitValue();
    }

    /** Asks it to end, as a terminal or a service manager does. */
    public void terminate() {
        process.destroy();
    }

    /** Ends it as a crash would, without a chance to clean up. */
    public void kill() {
        process.destroyForcibly();
        Await.until(name + " is gone", () -> !process.isAlive());
    }

    public String errors() {
        try {
            var text = Files.readString(errors);
            return text.isBlank() ? "" : "; it complained: " + text.strip();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        kill();
    }
}
