package io.lingmq.bench.peer;

import io.lingmq.bench.peer.Library.Kind;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** REQ and REP, one message on its way at a time; half of each round trip is one way. */
final class Latency {
    private static final int DIGITS = 3;
    private static final double HALF_US = 2e3;

    private Latency() {}

    /** ENDPOINT SIZE COUNT. */
    static void reply(Bench bench, Load load) throws InterruptedException {
        echo(bench.bound(Kind.REP, load.endpoint()), load.number(2));
    }

    /** ENDPOINT SIZE COUNT. */
    static void request(Bench bench, Load load) throws InterruptedException {
        ping(bench, "lat", bench.connected(Kind.REQ, load.endpoint()), load.number(1), load.number(2));
    }

    /** SIZE COUNT. */
    static void inproc(Bench bench, Load load) throws InterruptedException {
        var count = load.number(1);
        var req = bench.bound(Kind.REQ, Load.INPROC);
        var replier = Background.start(() -> {
            try (var rep = bench.connected(Kind.REP, Load.INPROC)) {
                echo(rep, count);
            }
        });
        ping(bench, "inproc-lat", req, load.number(0), count);
        replier.join();
        req.close();
    }

    private static void echo(Port port, int count) throws InterruptedException {
        for (var i = 0; i < count; i++) {
            port.echo();
        }
    }

    private static void ping(Bench bench, String label, Port port, int size, int count) throws InterruptedException {
        var roundTripsNs = new Histogram(TimeUnit.HOURS.toNanos(1), DIGITS);
        var body = new byte[size];
        port.send(body); // finds the peer, which must not count
        Bench.take(port, size);
        for (var i = 1; i < count; i++) {
            var sentNs = System.nanoTime();
            port.send(body);
            Bench.take(port, size);
            roundTripsNs.recordValue(System.nanoTime() - sentNs);
        }
        bench.line(label)
                .with("size", size)
                .with("count", count)
                .with("p50_us", roundTripsNs.getValueAtPercentile(50) / HALF_US)
                .with("p90_us", roundTripsNs.getValueAtPercentile(90) / HALF_US)
                .with("p99_us", roundTripsNs.getValueAtPercentile(99) / HALF_US)
                .with("p999_us", roundTripsNs.getValueAtPercentile(99.9) / HALF_US)
                .with("mean_us", roundTripsNs.getMean() / HALF_US)
                .print(bench.out());
    }
}
