package io.lingmq.bench.peer;

import io.lingmq.bench.peer.Library.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One subscriber of many topics; each message carries one of them. */
final class Topics {
    /** A prime, so that the topics come in an order that no cache likes. */
    private static final long STRIDE = 7919;

    private Topics() {}

    /** ENDPOINT SIZE TOPICS. */
    static void publish(Bench bench, Load load) throws InterruptedException, IOException {
        var topics = all(load.number(2));
        var xpub = bench.library().open(Kind.XPUB);
        xpub.losslessAndVerbose();
        xpub.receiveWithoutLimit();
        bench.bind(xpub, load.endpoint());
        xpub.receive();
        var meter = Meter.begin();
        for (var i = 1; i < topics.length; i++) {
            xpub.receive();
        }
        bench.line("topics-pub").with("subscribe_s", meter.end().seconds()).print(bench.out());
        var size = load.number(1);
        Background.start(() -> pour(xpub, size, topics));
        bench.stay();
    }

    private static void pour(Port xpub, int size, byte[][] topics) throws InterruptedException {
        for (var i = 0L; ; i++) {
            var body = new byte[size];
            var topic = topics[(int) (i * STRIDE % topics.length)];
            System.arraycopy(topic, 0, body, 0, topic.length);
            xpub.send(body);
        }
    }

    /** ENDPOINT SIZE TOPICS RUN_UP TIME. */
    static void subscribe(Bench bench, Load load) throws InterruptedException {
        var sub = bench.library().open(Kind.SUB);
        sub.sendWithoutLimit();
        for (var topic : all(load.number(2))) {
            sub.subscribe(topic);
        }
        sub.connect(load.endpoint());
        var measured = Throughput.receive(sub, load.number(1), Pace.of(load, 3));
        var line = bench.line("topics").with("topics", load.number(2)).with("msg_per_s", measured.perSecond());
        measured.describe(line, "receiver").print(bench.out());
    }

    private static byte[][] all(int count) {
        var topics = new byte[count][];
        for (var i = 0; i < count; i++) {
            topics[i] = String.format(Locale.ROOT, "%08d", i).getBytes(StandardCharsets.US_ASCII);
        }
        return topics;
    }
}
