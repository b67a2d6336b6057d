package io.lingmq.cli.perf;

import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.ExitCode;
import io.lingmq.cli.shell.Session;
import io.lingmq.option.Options;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Many peers at one socket: what each costs in memory. Both sides end without a word of farewell. */
final class Connections {
    private static final int BACKLOG = 4096;
    private static final String HELLO = "hi";
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    private Connections() {}

    static void accept(String endpoint, int peers, Console console) throws InterruptedException {
        Session.run(context -> {
            var router = context.router();
            router.set(Options.BACKLOG, BACKLOG);
            router.bind(endpoint);
            var before = residentKb();
            var begin = System.nanoTime();
            for (var i = 0; i < peers; i++) {
                Work.checked(router.receive().withoutFirst(1), HELLO.length());
            }
            console.out()
                    .printf(
                            Locale.ROOT,
                            "lingmq conns n=%d rss_kb_per_peer=%.2f accept_s=%.2f%n",
                            peers,
                            (residentKb() - before) / (double) peers,
                            (System.nanoTime() - begin) / 1e9);
            console.out().flush();
            console.halt().accept(ExitCode.OK);
        });
    }

    static void connect(String endpoint, int peers, Console console) throws InterruptedException {
        Session.run(context -> {
            for (var i = 0; i < peers; i++) {
                var dealer = context.dealer();
                dealer.connect(endpoint);
                dealer.send(HELLO);
            }
            // Reading cannot be interrupted, waiting for a reader can.
            Work.inThread("ling-stdin", () -> readToEnd(console)).join();
            console.halt().accept(ExitCode.OK);
        });
    }

    private static void readToEnd(Console console) {
        try {
            console.in().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            console.note("stdin: " + e.getMessage());
        }
    }

    private static long residentKb() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw CommandFailure.failed("conns needs Linux, where " + STATUS + " tells the memory in use");
        }
    }
}
