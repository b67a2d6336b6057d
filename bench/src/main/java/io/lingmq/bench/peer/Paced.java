package io.lingmq.bench.peer;

import io.lingmq.bench.peer.Library.Kind;
import io.lingmq.bench.peer.Pace.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Who receives a stream of a given rate, far from as fast as it goes. Each message says when it should have left: a
 * delay counts from then, whoever is to blame for it.
 */
final class Paced {
    private static final int TOPICS = 10;

    private Paced() {}

    /** ENDPOINT SIZE RATE SENDERS RUN_UP TIME. */
    static void receive(Bench bench, Load load) throws InterruptedException {
        receive(bench, load, bench.library().open(Kind.PULL));
    }

    /** ENDPOINT SIZE RATE SENDERS RUN_UP TIME. */
    static void route(Bench bench, Load load) throws InterruptedException {
        var router = bench.library().open(Kind.ROUTER);
        router.backlog(Connections.BACKLOG);
        receive(bench, load, router);
    }

    private static void receive(Bench bench, Load load, Port port) throws InterruptedException {
        var size = load.number(1);
        var delays = new Delays();
        Meter.begin(); // its classes are loaded now: that must not delay what is measured
        bench.bind(port, load.endpoint());
        var measured = measure(Pace.of(load, 4), delays, () -> {
            delays.arrived(port.receiveStamp(size));
            return 1;
        });
        print(bench, load, "senders", delays, measured);
    }

    /** ENDPOINT SIZE RATE SUBSCRIBERS RUN_UP TIME: each asks for one of the topics. */
    static void subscribe(Bench bench, Load load) throws InterruptedException {
        var size = load.number(1);
        var delays = new Delays();
        Meter.begin();
        var subscribers = new ArrayList<Port>();
        for (var i = 0; i < load.number(3); i++) {
            var sub = bench.library().open(Kind.SUB);
            sub.subscribe(new byte[] {topic(i)});
            sub.connect(load.endpoint());
            subscribers.add(sub);
        }
        var watch = bench.library().watch(subscribers);
        var measured = measure(Pace.of(load, 4), delays, () -> drain(watch.await(), size, delays));
        print(bench, load, "subscribers", delays, measured);
    }

    private static int drain(List<Port> ports, int size, Delays delays) {
        var received = 0;
        for (var port : ports) {
            for (var due = port.tryReceiveStamp(size); due != Stamp.NONE; due = port.tryReceiveStamp(size)) {
                delays.arrived(due);
                received++;
            }
        }
        return received;
    }

    /** All begins with the first message, so that neither start-up nor connecting counts. */
    private static Measured measure(Pace pace, Delays delays, Step step) throws InterruptedException {
        step.run();
        pace.runUp(step);
        delays.reset();
        return pace.measure(step);
    }

    private static void print(Bench bench, Load load, String peers, Delays delays, Measured measured) {
        var line = bench.line("pace")
                .with("size", load.number(1))
                .with("rate", load.number(2))
                .with(peers, load.number(3));
        delays.describe(line)
                .with("msg_per_s", measured.perSecond())
                .with("receiver_cpu_percent", measured.cost().cpuPercent())
                .print(bench.out());
    }

    /** Subscribers and messages take the topics in turn. */
    static byte topic(long index) {
        return (byte) (index % TOPICS);
    }
}
