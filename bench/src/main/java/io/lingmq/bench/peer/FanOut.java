package io.lingmq.bench.peer;

import io.lingmq.bench.peer.Library.Kind;
import java.util.ArrayList;
import java.util.List;

/** One publisher, many subscribers, every message to all of them. */
final class FanOut {
    private static final byte[] EVERYTHING = {};

    private FanOut() {}

    /** ENDPOINT SIZE COUNT SUBSCRIBERS. */
    static void publish(Bench bench, Load load) throws InterruptedException {
        var size = load.number(1);
        var count = load.number(2);
        var subscribers = load.number(3);
        var xpub = bench.library().open(Kind.XPUB);
        xpub.losslessAndVerbose();
        xpub.bind(load.endpoint());
        for (var i = 0; i < subscribers; i++) {
            xpub.receive();
        }
        for (var i = 0; i < count; i++) {
            xpub.send(new byte[size]);
        }
    }

    /** ENDPOINT SIZE COUNT SUBSCRIBERS. */
    static void subscribe(Bench bench, Load load) throws InterruptedException {
        var size = load.number(1);
        var subscribers = subscribers(bench, load.endpoint(), load.number(3));
        var deliveries = (long) load.number(2) * subscribers.size();
        var watch = bench.library().watch(subscribers);
        var ready = watch.await();
        var meter = Meter.begin();
        for (var received = drain(ready, size); received < deliveries; ) {
            received += drain(watch.await(), size);
        }
        bench.line("fan")
                .with("size", size)
                .with("subscribers", subscribers.size())
                .with("deliveries_per_s", deliveries / meter.end().seconds())
                .print(bench.out());
        subscribers.forEach(Port::close);
    }

    private static List<Port> subscribers(Bench bench, String endpoint, int count) {
        var ports = new ArrayList<Port>();
        for (var i = 0; i < count; i++) {
            var sub = bench.library().open(Kind.SUB);
            sub.subscribe(EVERYTHING);
            sub.connect(endpoint);
            ports.add(sub);
        }
        return ports;
    }

    private static long drain(List<Port> ports, int size) {
        var received = 0L;
        for (var port : ports) {
            for (var got = port.tryReceive(); got != Port.NOTHING; got = port.tryReceive()) {
                Bench.check(got, size);
                received++;
            }
        }
        return received;
    }
}
