package io.lingmq.bench.peer;

import io.lingmq.bench.peer.Library.Kind;
import io.lingmq.bench.peer.Pace.Step;
import java.io.IOException;

/**
 * Streams of a given rate, far from as fast as it goes. The senders keep to a {@link Timetable}, and each message says
 * when it should have left: a delay counts from then, whoever is to blame for it.
 */
final class Paced {
    private Paced() {}

    /** ENDPOINT SIZE RATE SENDERS RUN_UP TIME. */
    static void receive(Bench bench, Load load) throws InterruptedException {
        Meter.begin(); // its classes are loaded now: that must not delay what is measured
        var size = load.number(1);
        var pull = bench.bound(Kind.PULL, load.endpoint());
        var delays = new Delays();
        var cost = measure(Pace.of(load, 4), delays, () -> {
            delays.arrived(pull.receiveStamp(size));
            return 1;
        });
        var line = bench.line("pace")
                .with("size", size)
                .with("rate", load.number(2))
                .with("senders", load.number(3));
        describe(line, delays, cost).print(bench.out());
    }

    /** All begins with the first message, so that neither start-up nor connecting counts. */
    private static Measured measure(Pace pace, Delays delays, Step step) throws InterruptedException {
        step.run();
        pace.runUp(step);
        delays.reset();
        return pace.measure(step);
    }

    private static Line describe(Line line, Delays delays, Measured measured) {
        return delays.describe(line)
                .with("msg_per_s", measured.perSecond())
                .with("receiver_cpu_percent", measured.cost().cpuPercent());
    }

    /** ENDPOINT SIZE RATE SENDERS RUN_UP: each sender has a socket and a thread, and together they send RATE. */
    static void send(Bench bench, Load load) throws InterruptedException, IOException {
        var size = load.number(1);
        var senders = load.number(3);
        var timetable = Timetable.from(load.number(2));
        for (var i = 0; i < senders; i++) {
            var first = i;
            Background.start(() -> {
                var push = bench.connected(Kind.PUSH, load.endpoint());
                for (var index = (long) first; ; index += senders) {
                    send(push, size, timetable.await(index));
                }
            });
        }
        stay(bench, load.number(4));
    }

    private static void send(Port port, int size, long dueNs) throws InterruptedException {
        var body = new byte[size];
        Stamp.write(body, dueNs);
        port.send(body);
    }

    /** Waits for the end of the input; then prints what sending cost since the run-up. */
    private static void stay(Bench bench, int runUpMs) throws InterruptedException, IOException {
        Thread.sleep(runUpMs);
        var meter = Meter.begin();
        bench.stay();
        bench.line("pace-send")
                .with("sender_cpu_percent", meter.end().cpuPercent())
                .print(bench.out());
    }
}
