package io.lingmq.bench.peer;

import io.lingmq.bench.peer.Library.Kind;
import io.lingmq.bench.peer.Pace.Step;
import java.io.IOException;

/** PUSH to PULL as fast as it goes. */
final class Throughput {
    /** A thousand of the largest, as many as the default high-water mark lets wait, would be 16 GiB at each side. */
    private static final int MOST_BYTES_THAT_WAIT = 64 * 1024 * 1024;

    private static final int DEFAULT_MARK = 1000;

    private Throughput() {}

    /** ENDPOINT SIZE RUN_UP TIME [IDLE]: first hears from IDLE peers, who then keep silent. */
    static void receive(Bench bench, Load load) throws InterruptedException {
        var idle = load.numberOrZero(4);
        var pull = bench.library().open(Kind.PULL);
        if (idle > 0) {
            pull.backlog(Connections.BACKLOG);
        }
        limitMemory(pull, load.number(1));
        pull.bind(load.endpoint());
        for (var i = 0; i < idle; i++) {
            Bench.take(pull, Connections.HELLO.length);
        }
        bench.sayReady();
        drain(bench, "thr", "receiver", pull, load.number(1), Pace.of(load, 2));
    }

    /** ENDPOINT SIZE RUN_UP. */
    static void send(Bench bench, Load load) throws InterruptedException, IOException {
        var size = load.number(1);
        var push = bench.library().open(Kind.PUSH);
        limitMemory(push, size);
        push.connect(load.endpoint());
        Background.stay(bench, "thr-send", load.number(2), () -> pour(push, size));
    }

    private static void limitMemory(Port port, int size) {
        var mark = MOST_BYTES_THAT_WAIT / Math.max(1, size);
        if (mark < DEFAULT_MARK) {
            port.marks(mark);
        }
    }

    /** SIZE RUN_UP TIME. */
    static void inproc(Bench bench, Load load) throws InterruptedException {
        var size = load.number(0);
        var pull = bench.bound(Kind.PULL, Load.INPROC);
        Background.start(() -> {
            var push = bench.connected(Kind.PUSH, Load.INPROC);
            while (true) {
                pour(push, size);
            }
        });
        drain(bench, "inproc-thr", "both", pull, size, Pace.of(load, 1));
    }

    private static int pour(Port port, int size) throws InterruptedException {
        for (var i = 0; i < Pace.BATCH; i++) {
            port.send(new byte[size]);
        }
        return Pace.BATCH;
    }

    private static void drain(Bench bench, String label, String who, Port port, int size, Pace pace)
            throws InterruptedException {
        var measured = receive(port, size, pace);
        var line = bench.line(label)
                .with("size", size)
                .with("msg_per_s", measured.perSecond())
                .with("mb_per_s", measured.perSecond() * size / 1e6);
        measured.describe(line, who).print(bench.out());
    }

    /** All begins with the first message, so that neither start-up nor connecting counts. */
    static Measured receive(Port port, int size, Pace pace) throws InterruptedException {
        Bench.take(port, size);
        Step batch = () -> takeBatch(port, size);
        pace.runUp(batch);
        return pace.measure(batch);
    }

    private static int takeBatch(Port port, int size) throws InterruptedException {
        for (var i = 0; i < Pace.BATCH; i++) {
            Bench.take(port, size);
        }
        return Pace.BATCH;
    }
}
