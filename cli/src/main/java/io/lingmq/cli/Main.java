package io.lingmq.cli;

import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.ExitCode;
import io.lingmq.cli.shell.WrittenWords;
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
     * <p>SIGINT and SIGTERM are the way to end a command that would go on for ever: it is interrupted, closes its
     * sockets, and the process ends with 0. One that does not come to an end in time is ended by the signal.
     *
     * @param args the command and its options
     */
    public static void main(String... args) {
        var ended = new CountDownLatch(1);
        var command = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(command, ended), "ling-end"));
        var exitCode = ExitCode.FAILED;
        try {
            exitCode = CommandTree.run(Console.ofProcess(), WrittenWords.of(args));
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
            if (ended.await(GRACE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime()
                        .halt(ExitCode.OK); // else the virtual machine would answer with the signal's number
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
