package io.lingmq.bench.peer;

import io.lingmq.bench.peer.Library.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One subscriber of many topics; each message carries one of them. */
final class Topics {
    /** A prime, so that the topics come in an order that no cache likes. */
    private static final long STRIDE = 7919;

    private Topics() {}

    /** ENDPOINT SIZE COUNT TOPICS. */
    static void publish(Bench bench, Load load) throws InterruptedException {
        var size = load.number(1);
        var topics = all(load.number(3));
        var xpub = bench.library().open(Kind.XPUB);
        xpub.losslessAndVerbose();
        xpub.withoutLimits();
        xpub.bind(load.endpoint());
        xpub.receive();
        var meter = Meter.begin();
        for (var i = 1; i < topics.length; i++) {
            xpub.receive();
        }
        bench.line("topics-pub").with("subscribe_s", meter.end().seconds()).print(bench.out());
        for (var i = 0; i < load.number(2); i++) {
            var body = new byte[size];
            var topic = topics[(int) (i * STRIDE % topics.length)];
            System.arraycopy(topic, 0, body, 0, topic.length);
            xpub.send(body);
        }
    }

    /** ENDPOINT SIZE COUNT TOPICS. */
    static void subscribe(Bench bench, Load load) throws InterruptedException {
        var size = load.number(1);
        var count = load.number(2);
        var sub = bench.library().open(Kind.SUB);
        sub.withoutLimits();
        for (var topic : all(load.number(3))) {
            sub.subscribe(topic);
        }
        sub.connect(load.endpoint());
        Bench.take(sub, size);
        var meter = Meter.begin();
        for (var i = 1; i < count; i++) {
            Bench.take(sub, size);
        }
        bench.line("topics")
                .with("topics", load.number(3))
                .with("msg_per_s", (count - 1) / meter.end().seconds())
                .print(bench.out());
        sub.close();
    }

    private static byte[][] all(int count) {
        var topics = new byte[count][];
        for (var i = 0; i < count; i++) {
            topics[i] = String.format(Locale.ROOT, "%08d", i).getBytes(StandardCharsets.US_ASCII);
        }
        return topics;
    }
}
