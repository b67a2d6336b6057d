package io.lingmq.cli;

import io.lingmq.cli.shell.Console;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where {@code ling} begins and ends as a process. */
public final class Main {
    /** How long a command may take to end itself after a signal. */
    private static final long GRACE_SECONDS = 3;

    private Main() {}

    /**
     * Runs one command and ends the process: 0 when it did its work, 1 when it failed, 2 when it was not understood.
     *
     * <p>SIGINT and SIGTERM interrupt the command, which closes its sockets; the process then ends with 130 or 143, as
     * is the custom for processes that a signal ended.
     *
     * @param args the command and its options
     */
    public static void main(String... args) {
        var ended = new CountDownLatch(1);
        var command = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(command, ended), "ling-end"));
        var exitCode = 1;
        try {
            exitCode = CommandTree.run(Console.ofProcess(), args);
        } finally {
            ended.countDown();
        }
        System.exit(exitCode);
    }

    private static void end(Thread command, CountDownLatch ended) {
        if (ended.getCount() == 0) {
            return;
        }
        command.interrupt();
        try {
            // Beyond that the process ends as it is.
            var inTime = ended.await(GRACE_SECONDS, TimeUnit.SECONDS);
            assert inTime || command.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
