package io.lingmq.bench.peer;

import io.lingmq.bench.peer.Library.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Who sends a stream of a given rate, by a {@link Timetable}. */
final class PacedSenders {
    /** More than the default high-water mark lets wait: the last one is taken only when somebody receives. */
    private static final int GREETINGS = 1001;

    private PacedSenders() {}

    /** ENDPOINT SIZE RATE SENDERS RUN_UP: each sender has a socket and a thread, and together they send RATE. */
    static void send(Bench bench, Load load) throws InterruptedException, IOException {
        Background.start(() -> {
            var senders = new ArrayList<Port>();
            for (var i = 0; i < load.number(3); i++) {
                senders.add(greeted(bench.connected(Kind.PUSH, load.endpoint()), load.number(1)));
            }
            var timetable = Timetable.from(load.number(2));
            for (var i = 0; i < senders.size(); i++) {
                var first = i;
                Background.start(() -> push(senders, first, load.number(1), timetable));
            }
        });
        stay(bench, load);
    }

    private static void push(List<Port> senders, int first, int size, Timetable timetable) throws InterruptedException {
        var push = senders.get(first);
        for (var index = (long) first; ; index += senders.size()) {
            send(push, new byte[size], timetable.await(index));
        }
    }

    /** The times begin when the connection stands: else all that waited for it would be late, and what comes next. */
    private static Port greeted(Port port, int size) throws InterruptedException {
        for (var i = 0; i < GREETINGS; i++) {
            send(port, new byte[size], System.nanoTime());
        }
        return port;
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
