package io.lingmq.bench.peer;

import io.lingmq.bench.peer.Library.Kind;
import java.io.IOException;
import java.util.ArrayList;

/** Who sends a stream of a given rate, by a {@link Timetable}. */
final class PacedSenders {
    private PacedSenders() {}

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
                    send(push, new byte[size], timetable.await(index));
                }
            });
        }
        stay(bench, load);
    }

    /** ENDPOINT SIZE RATE SENDERS RUN_UP: the sockets take turns in one thread, as there may be many. */
    static void deal(Bench bench, Load load) throws InterruptedException, IOException {
        Background.start(() -> {
            var dealers = new ArrayList<Port>();
            for (var i = 0; i < load.number(3); i++) {
                dealers.add(bench.connected(Kind.DEALER, load.endpoint()));
            }
            var timetable = Timetable.from(load.number(2));
            for (var index = 0L; ; index++) {
                var dealer = dealers.get((int) (index % dealers.size()));
                send(dealer, new byte[load.number(1)], timetable.await(index));
            }
        });
        stay(bench, load);
    }

    /** ENDPOINT SIZE RATE SUBSCRIBERS RUN_UP: each message has one of the topics, in turn. */
    static void publish(Bench bench, Load load) throws InterruptedException, IOException {
        var xpub = bench.library().open(Kind.XPUB);
        xpub.losslessAndVerbose();
        bench.bind(xpub, load.endpoint());
        for (var i = 0; i < load.number(3); i++) {
            xpub.receive();
        }
        Background.start(() -> {
            var timetable = Timetable.from(load.number(2));
            for (var index = 0L; ; index++) {
                var body = new byte[load.number(1)];
                body[0] = Paced.topic(index);
                send(xpub, body, timetable.await(index));
            }
        });
        stay(bench, load);
    }

    private static void send(Port port, byte[] body, long dueNs) throws InterruptedException {
        Stamp.write(body, dueNs);
        port.send(body);
    }

    /** Waits for the end of the input; then prints what sending cost since the run-up. */
    private static void stay(Bench bench, Load load) throws InterruptedException, IOException {
        Thread.sleep(load.number(4));
        var meter = Meter.begin();
        bench.stay();
        bench.line("pace-send")
                .with("sender_cpu_percent", meter.end().cpuPercent())
                .print(bench.out());
    }
}
