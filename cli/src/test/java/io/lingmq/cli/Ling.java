package io.lingmq.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lingmq.cli.shell.Console;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A run of {@code ling} in this process, in a thread of its own, with streams that the test holds. */
final class Ling implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int COLUMNS = 100;
    private static final String BOUND = "bound ";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread thread;

    private Ling(InputStream in, boolean attended, int columns, String... args) {
        var console = new Console(in, print(out), print(err), false, attended, () -> columns, exitCode::complete);
        thread = new Thread(() -> run(console, args), "ling " + String.join(" ", args));
        thread.start();
    }

    /** Starts a command whose stdin is empty. */
    static Ling start(String... args) {
        return new Ling(InputStream.nullInputStream(), false, COLUMNS, args);
    }

    /** Starts a command on a terminal of that width. */
    static Ling startOnColumns(int columns, String... args) {
        return new Ling(InputStream.nullInputStream(), false, columns, args);
    }

    /** Starts a command before the eyes of a person, with an empty stdin. */
    static Ling startAttended(String... args) {
        return new Ling(InputStream.nullInputStream(), true, COLUMNS, args);
    }

    /** Starts a command that reads the text from its stdin. */
    static Ling startWithInput(String input, String... args) {
        return new Ling(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), false, COLUMNS, args);
    }

    /** Starts a command whose stdin stays open and silent. */
    static Ling startWithOpenInput(String... args) {
        try {
            return new Ling(new PipedInputStream(new PipedOutputStream()), false, COLUMNS, args);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private void run(Console console, String... args) {
        try {
            exitCode.complete(CommandTree.run(console, args));
        } catch (RuntimeException e) {
            exitCode.completeExceptionally(e);
        }
    }

    /** Waits for the end. */
    int exitCode() {
        await().atMost(PATIENCE).until(exitCode::isDone);
        return exitCode.join();
    }

    /** Waits for an end in success. */
    Ling succeeds() {
        assertThat(exitCode()).as("exit code, with stderr: %s", err()).isZero();
        return this;
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    List<String> lines() {
        return out().lines().toList();
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Waits until the command has bound its first endpoint, and says which. */
    String bound() {
        return bound(0);
    }

    /** Waits until the command has bound as many endpoints, and says the one with this index. */
    String bound(int index) {
        await().atMost(PATIENCE).until(() -> boundSoFar().size() > index);
        return boundSoFar().get(index);
    }

    private List<String> boundSoFar() {
        return err().lines()
                .filter(line -> line.startsWith(BOUND))
                .map(line -> line.substring(BOUND.length()))
                .toList();
    }

    void awaitOut(String text) {
        await().atMost(PATIENCE).until(() -> out().contains(text));
    }

    void awaitErr(String text) {
        await().atMost(PATIENCE).until(() -> err().contains(text));
    }

    /** Does what a signal does. */
    Ling interrupt() {
        thread.interrupt();
        return this;
    }

    /** Ends the command if it still runs. */
    @Override
    public void close() {
        thread.interrupt();
        await().atMost(PATIENCE).until(() -> !thread.isAlive());
    }
}
