package io.lingmq.cli.perf;

import io.lingmq.Context;
import io.lingmq.cli.shell.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The same work within this process and with nobody else, before anything is measured: a JVM compiles what it sees run
 * often, and what is to be measured is how the compiled program runs.
 *
 * @param longest how long to warm up; a small measurement needs less
 */
record WarmUp(Duration longest) {
    private static final long LARGEST_ROUND = 200_000;
    /** Enough for a small measurement; a large one warms up as long as it may. */
    private static final int MOST_ROUNDS = 100;
    /** The JVM compiles in threads of its own, which get little where the work keeps all processors busy. */
    private static final long COMPILERS_TURN_MS = 50;

    /** Both sides of a measurement on one endpoint, which the work binds first. */
    @FunctionalInterface
    interface Round {
        void run(Context context, Load load) throws InterruptedException;
    }

    /** Does the work again and again. */
    void with(Load load, Round work) throws InterruptedException {
        var beginNs = System.nanoTime();
        var small = load.withCount(Math.min(LARGEST_ROUND / load.subscribers(), Math.max(1, load.count() / 10)));
        for (var i = 0; i < MOST_ROUNDS && System.nanoTime() - beginNs < longest.toNanos(); i++) {
            round(small, work);
            Thread.sleep(COMPILERS_TURN_MS);
        }
    }

    private static void round(Load load, Round work) throws InterruptedException {
        var scratch = load.isIpc() ? temporaryDirectory() : null;
        try (var context = Context.open()) {
            work.run(context, load.at(scratch == null ? load.ownEndpoint() : "ipc://" + scratch.resolve("warm-up")));
        } finally {
            delete(scratch);
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("ling");
        } catch (IOException e) {
            throw CommandFailure.failed("cannot make a temporary directory to warm up in: " + e.getMessage());
        }
    }

    private static void delete(@Nullable Path scratch) {
        try {
            if (scratch != null) {
                Files.deleteIfExists(scratch);
            }
        } catch (IOException e) {
            scratch.toFile().deleteOnExit();
        }
    }
}
