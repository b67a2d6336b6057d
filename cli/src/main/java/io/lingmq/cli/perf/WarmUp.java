package io.lingmq.cli.perf;

import io.lingmq.Context;
import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Console;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The same work within this process and with nobody else, before anything is measured: a JVM compiles what it sees run
 * often, and what is to be measured is how the compiled program runs.
 *
 * <p>It ends when the JVM has hardly compiled anything for two seconds; when that is depends on the machine and on the
 * work.
 *
 * @param longest how long to warm up at most
 * @param console hears that it takes a while, where a person is looking
 */
record WarmUp(Duration longest, Console console) {
    private static final long FIRST_ROUND = 200_000;
    /** Rounds grow up to here, so that it is the messages that the JVM sees often, not how connections come and go. */
    private static final long LONG_ROUND_NS = 1_000_000_000;
    /** Enough for a small measurement; a large one warms up as long as it takes. */
    private static final int MOST_ROUNDS = 50;

    private static final long QUIET_NS = 2_000_000_000;
    /** Of a quiet time, so much may go into compiling: what is rare is compiled late. */
    private static final long QUIET_MS = 100;
    /** The JVM compiles in threads of its own, which get little where the work keeps all processors busy. */
    private static final long COMPILERS_TURN_MS = 50;

    /** Both sides of a measurement on one endpoint, which the work binds first. */
    @FunctionalInterface
    interface Round {
        void run(Context context, Load load) throws InterruptedException;
    }

    /** Does the work again and again. */
    void with(Load load, Round work) throws InterruptedException {
        if (console.decorated() && !longest.isZero()) {
            console.note("warming up, for " + longest.toSeconds() + " s at most ...");
        }
        var beginNs = System.nanoTime();
        var count = Math.min(FIRST_ROUND / load.subscribers(), Math.max(1, load.count() / 10));
        var quietSinceNs = beginNs;
        var compiledMs = compiledMs();
        for (var i = 0; i < MOST_ROUNDS && System.nanoTime() - beginNs < longest.toNanos(); i++) {
            count = Math.min(load.count(), round(load.withCount(count), work) < LONG_ROUND_NS ? 2 * count : count);
            Thread.sleep(COMPILERS_TURN_MS);
            if (compiledMs() - compiledMs > QUIET_MS) {
                compiledMs = compiledMs();
                quietSinceNs = System.nanoTime();
            } else if (System.nanoTime() - quietSinceNs > QUIET_NS) {
                return;
            }
        }
    }

    /** What the JVM has spent on compiling so far; nothing where it does not tell. */
    private static long compiledMs() {
        var compiler = ManagementFactory.getCompilationMXBean();
        return compiler != null && compiler.isCompilationTimeMonitoringSupported()
                ? compiler.getTotalCompilationTime()
                : 0;
    }

    /** Returns how long it took. */
    private static long round(Load load, Round work) throws InterruptedException {
        var scratch = load.isIpc() ? temporaryDirectory() : null;
        var beginNs = System.nanoTime();
        try (var context = Context.open()) {
            work.run(context, load.at(scratch == null ? load.ownEndpoint() : "ipc://" + scratch.resolve("warm-up")));
        } finally {
            delete(scratch);
        }
        return System.nanoTime() - beginNs;
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
