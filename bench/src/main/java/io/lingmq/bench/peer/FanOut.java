package io.lingmq.bench.peer;

import io.lingmq.bench.peer.Library.Kind;
import io.lingmq.bench.peer.Pace.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One publisher, many subscribers, every message to all of them. */
final class FanOut {
    private static final byte[] EVERYTHING = {};

    private FanOut() {}

    /** ENDPOINT SIZE SUBSCRIBERS. */
    static void publish(Bench bench, Load load) throws InterruptedException, IOException {
        var size = load.number(1);
        var subscribers = load.number(2);
        var xpub = bench.library().open(Kind.XPUB);
        xpub.losslessAndVerbose();
        bench.bind(xpub, load.endpoint());
        for (var i = 0; i < subscribers; i++) {
            xpub.receive();
        }
        Background.repeat(() -> xpub.send(new byte[size]));
        bench.stay();
    }

    /** ENDPOINT SIZE SUBSCRIBERS RUN_UP TIME. */
    static void subscribe(Bench bench, Load load) throws InterruptedException {
        var size = load.number(1);
        var pace = Pace.of(load, 3);
        var subscribers = subscribers(bench, load.endpoint(), load.number(2));
        var watch = bench.library().watch(subscribers);
        watch.await();
        Step ready = () -> Bench.drain(watch.await(), size, subscriber -> {});
        pace.runUp(ready);
        var measured = pace.measure(ready);
        var line = bench.line("fan")
                .with("size", size)
                .with("subscribers", subscribers.size())
                .with("deliveries_per_s", measured.perSecond());
        measured.describe(line, "receiver").print(bench.out());
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
}
