package io.lingmq.bench.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A started process, whose output is read as it comes. */
final class RunningProcess {
    private static final String READY = "ready";
    private static final int LONGEST_COMPLAINT = 300;

    private final Role role;
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> allRead;
    private final CompletableFuture<String> complaints;

    private RunningProcess(Role role, Process process) {
        this.role = role;
        this.process = process;
        allRead = CompletableFuture.runAsync(this::readLines, task -> inThread(task));
        complaints = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()), task -> inThread(task));
    }

    static RunningProcess start(List<String> command, Role role) throws FailedRunException {
        try {
            return new RunningProcess(role, new ProcessBuilder(command).start());
        } catch (IOException e) {
            throw new FailedRunException("cannot start: " + e.getMessage());
        }
    }

    private static void inThread(Runnable task) {
        var thread = new Thread(task, "bench-output");
        thread.setDaemon(true);
        thread.start();
    }

    private void readLines() {
        process.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> {
            lines.add(line);
            if (line.equals(READY)) {
                ready.complete(true);
            }
        });
        ready.complete(false);
    }

    private static String read(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return ""; // the process was ended while it spoke
        }
    }

    Role role() {
        return role;
    }

    /** What it printed until its end. */
    List<String> lines() {
        allRead.join();
        return lines;
    }

    /** True when it said that it is ready, false when it ended without that. */
    CompletableFuture<Boolean> ready() {
        return ready;
    }

    /** Completes when it ends; exceptionally if it failed. */
    CompletableFuture<Void> success() {
        return process.onExit()
                .thenCompose(ended -> ended.exitValue() == 0
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(new FailedRunException(complaint())));
    }

    private String complaint() {
        var said = complaints.join().strip().replaceAll("\\s+", " ");
        var brief = said.substring(0, Math.min(said.length(), LONGEST_COMPLAINT));
        return role.words().get(0) + " exited with " + process.exitValue() + (brief.isEmpty() ? "" : ": " + brief);
    }

    /** Ends its input, which tells it to go. */
    void release() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It is gone already.
        }
    }

    /** Waits for its end, but not for ever. */
    void awaitEnd(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
        }
    }

    void kill() {
        process.destroyForcibly();
    }
}
