package io.lingmq.bench.peer;

import io.lingmq.bench.peer.Library.Kind;

/** PUSH to PULL as fast as it goes. */
final class Throughput {
    private Throughput() {}

    /** ENDPOINT SIZE COUNT [IDLE]: first hears from IDLE peers, who then keep silent. */
    static void receive(Bench bench, Load load) throws InterruptedException {
        var idle = load.numberOrZero(3);
        var pull = bench.library().open(Kind.PULL);
        if (idle > 0) {
            pull.backlog(Connections.BACKLOG);
        }
        pull.bind(load.endpoint());
        for (var i = 0; i < idle; i++) {
            Bench.take(pull, Connections.HELLO.length);
        }
        if (idle > 0) {
            bench.sayReady();
        }
        drain(bench, "thr", pull, load.number(1), load.number(2));
    }

    /** ENDPOINT SIZE COUNT. */
    static void send(Bench bench, Load load) throws InterruptedException {
        var count = load.number(2);
        var push = bench.connected(Kind.PUSH, load.endpoint());
        var meter = Meter.begin();
        pour(push, load.number(1), count);
        bench.library().close();
        var cost = meter.end();
        bench.line("thr-send")
                .with("sender_cpu_s", cost.cpuSeconds())
                .with("sender_alloc_b_per_msg", (double) cost.allocatedBytes() / count)
                .print(bench.out());
    }

    /** SIZE COUNT. */
    static void inproc(Bench bench, Load load) throws InterruptedException {
        var size = load.number(0);
        var count = load.number(1);
        var pull = bench.bound(Kind.PULL, Load.INPROC);
        var sender = Background.start(() -> {
            try (var push = bench.connected(Kind.PUSH, Load.INPROC)) {
                pour(push, size, count);
            }
        });
        drain(bench, "inproc-thr", pull, size, count);
        sender.join();
        pull.close();
    }

    private static void pour(Port port, int size, int count) throws InterruptedException {
        for (var i = 0; i < count; i++) {
            port.send(new byte[size]);
        }
    }

    /** Everything is measured from the first message on, so that neither start-up nor connecting counts. */
    private static void drain(Bench bench, String label, Port port, int size, int count) throws InterruptedException {
        Bench.take(port, size);
        var meter = Meter.begin();
        for (var i = 1; i < count; i++) {
            Bench.take(port, size);
        }
        var cost = meter.end();
        var rate = (count - 1) / cost.seconds();
        bench.line(label)
                .with("size", size)
                .with("count", count)
                .with("msg_per_s", rate)
                .with("mb_per_s", rate * size / 1e6)
                .with("cpu_s", cost.cpuSeconds())
                .with("alloc_b_per_msg", (double) cost.allocatedBytes() / count)
                .print(bench.out());
    }
}
