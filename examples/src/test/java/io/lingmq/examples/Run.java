package io.lingmq.examples;

import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs examples side by side, each in a thread as if it were a process, and collects what they print. */
final class Run implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PrintStream before = System.out;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<Thread> programs = new ArrayList<>();

    /** The {@code main} of an example. */
    interface Program {
        void run(String... args) throws InterruptedException;
    }

    Run() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    static String freeEndpoint() throws Exception {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "tcp://127.0.0.1:" + probe.getLocalPort();
        }
    }

    /** Starts a program and goes on. */
    Thread start(Program program, String... args) {
        var thread = new Thread(() -> {
            try {
                program.run(args);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        programs.add(thread);
        thread.start();
        return thread;
    }

    /** Waits until a program has ended by itself. */
    void awaitEnd(Thread program) {
        await().atMost(PATIENCE).until(() -> !program.isAlive());
    }

    /** Runs a program to its end. */
    void toEnd(Program program, String... args) {
        awaitEnd(start(program, args));
    }

    String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    void awaitPrinted(String text) {
        await().atMost(PATIENCE).until(() -> printed().contains(text));
    }

    /** Interrupts what still runs, as a signal would. */
    @Override
    public void close() {
        System.setOut(before);
        programs.forEach(Thread::interrupt);
        programs.forEach(this::awaitEnd);
    }
}
