package io.lingmq.bench.peer;

import io.lingmq.bench.peer.Library.Kind;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.atomic.LongAdder;

/** Many threads that each ask and wait for the answer, platform threads or virtual ones. */
final class Calls {
    private Calls() {}

    /** ENDPOINT SIZE CALLERS KIND RUN_UP TIME. */
    static void call(Bench bench, Load load) throws InterruptedException {
        var size = load.number(1);
        var callers = load.number(2);
        var answers = new LongAdder();
        for (var i = 0; i < callers; i++) {
            start(load.word(3), () -> ask(bench.connected(Kind.REQ, load.endpoint()), size, answers));
        }
        while (answers.sum() < callers) {
            Thread.sleep(1); // the run-up begins when they have found the server
        }
        Thread.sleep(load.number(4));
        var meter = Meter.begin();
        var before = answers.sum();
        Thread.sleep(load.number(5));
        var measured = new Measured(answers.sum() - before, meter.end());
        var line = bench.line("calls")
                .with("size", size)
                .with("callers", callers)
                .with("answers_per_s", measured.perSecond());
        measured.describe(line, "receiver").print(bench.out());
    }

    private static void ask(Port req, int size, LongAdder answers) throws InterruptedException {
        while (true) {
            req.send(new byte[size]);
            Bench.take(req, size);
            answers.increment();
        }
    }

    private static void start(String kind, Background.Side side) {
        switch (kind) {
            case "platform" -> Background.start(side);
            case "virtual" -> startVirtual(Background.untilTheEnd(side));
            default -> throw new IllegalArgumentException("threads are platform or virtual, not '" + kind + "'");
        }
    }

    /** By reflection: this is compiled for a JDK that does not have them. */
    private static void startVirtual(Runnable work) {
        try {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalStateException("this JDK has no virtual threads", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
