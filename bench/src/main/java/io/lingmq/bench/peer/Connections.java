package io.lingmq.bench.peer;

import io.lingmq.bench.peer.Library.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Many peers at one socket: what each costs in memory, and what their silence costs in CPU. */
final class Connections {
    static final int BACKLOG = 4096;
    static final byte[] HELLO = {'h', 'i'};

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    private Connections() {}

    /** ENDPOINT N [SECONDS]: with SECONDS, also the CPU that is used while nothing happens. */
    static void accept(Bench bench, Load load) throws InterruptedException, IOException {
        var peers = load.number(1);
        var router = bench.library().open(Kind.ROUTER);
        router.backlog(BACKLOG);
        bench.bind(router, load.endpoint());
        var before = residentKb();
        var meter = Meter.begin();
        for (var i = 0; i < peers; i++) {
            Bench.take(router, HELLO.length);
        }
        var line = bench.line("conns")
                .with("n", peers)
                .with("rss_kb_per_peer", (residentKb() - before) / (double) peers)
                .with("accept_s", meter.end().seconds());
        var seconds = load.numberOrZero(2);
        if (seconds > 0) {
            line.with("idle_cpu_percent", idleCpuPercent(seconds));
        }
        line.print(bench.out());
    }

    private static double idleCpuPercent(int seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(1); // what was going on comes to its end
        var meter = Meter.begin();
        TimeUnit.SECONDS.sleep(seconds);
        return meter.end().cpuPercent();
    }

    /** ENDPOINT N: DEALERs that say hello and stay. */
    static void connect(Bench bench, Load load) throws InterruptedException, IOException {
        greet(bench, Kind.DEALER, load);
    }

    /** ENDPOINT N: PUSHes that say hello and stay. */
    static void idle(Bench bench, Load load) throws InterruptedException, IOException {
        greet(bench, Kind.PUSH, load);
    }

    private static void greet(Bench bench, Kind kind, Load load) throws InterruptedException, IOException {
        for (var i = 0; i < load.number(1); i++) {
            bench.connected(kind, load.endpoint()).send(HELLO);
        }
        bench.stay();
    }

    private static long residentKb() throws IOException {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
