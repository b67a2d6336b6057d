package io.lingmq.bench.peer;

import io.lingmq.bench.peer.Library.Kind;
import io.lingmq.bench.peer.Pace.Step;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** REQ and REP, one message on its way at a time; half of each round trip is one way. */
final class Latency {
    private static final int DIGITS = 3;
    private static final double HALF_US = 2e3;

    private Latency() {}

    /** ENDPOINT RUN_UP. */
    static void reply(Bench bench, Load load) throws InterruptedException, IOException {
        var rep = bench.bound(Kind.REP, load.endpoint());
        Background.stay(bench, "lat-rep", load.number(1), () -> {
            rep.echo();
            return 1;
        });
    }

    /** ENDPOINT SIZE RUN_UP TIME. */
    static void request(Bench bench, Load load) throws InterruptedException {
        ping(bench, "lat", "receiver", bench.connected(Kind.REQ, load.endpoint()), load.number(1), Pace.of(load, 2));
    }

    /** SIZE RUN_UP TIME. */
    static void inproc(Bench bench, Load load) throws InterruptedException {
        var req = bench.bound(Kind.REQ, Load.INPROC);
        Background.start(() -> {
            var rep = bench.connected(Kind.REP, Load.INPROC);
            while (true) {
                rep.echo();
            }
        });
        ping(bench, "inproc-lat", "both", req, load.number(0), Pace.of(load, 1));
    }

    private static void ping(Bench bench, String label, String who, Port port, int size, Pace pace)
            throws InterruptedException {
        var roundTripsNs = new Histogram(TimeUnit.HOURS.toNanos(1), DIGITS);
        var body = new byte[size];
        Step roundTrip = () -> {
            var sentNs = System.nanoTime();
            port.send(body);
            Bench.take(port, size);
            roundTripsNs.recordValue(System.nanoTime() - sentNs);
            return 1;
        };
        roundTrip.run(); // finds the peer, for which the run-up waits
        pace.runUp(roundTrip);
        roundTripsNs.reset();
        var measured = pace.measure(roundTrip);
        var line = bench.line(label)
                .with("size", size)
                .with("p50_us", roundTripsNs.getValueAtPercentile(50) / HALF_US)
                .with("p90_us", roundTripsNs.getValueAtPercentile(90) / HALF_US)
                .with("p99_us", roundTripsNs.getValueAtPercentile(99) / HALF_US)
                .with("p999_us", roundTripsNs.getValueAtPercentile(99.9) / HALF_US)
                .with("mean_us", roundTripsNs.getMean() / HALF_US);
        measured.describe(line, who).print(bench.out());
    }
}
