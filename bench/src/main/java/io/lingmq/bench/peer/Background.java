package io.lingmq.bench.peer;

import static java.lang.System.Logger.Level.ERROR;

import io.lingmq.bench.peer.Pace.Step;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** The other side of a measurement: goes on until its process ends. */
final class Background {
    private static final System.Logger LOG = System.getLogger(Background.class.getName());
    private static final int FAILED = 1;

    private Background() {}

    /** What a side does. */
    @FunctionalInterface
    interface Side {
        void run() throws InterruptedException;
    }

    static void start(Side side) {
        var thread = new Thread(untilTheEnd(side), "bench-other-side");
        thread.setDaemon(true);
        thread.start();
    }

    /** What a thread does for a side; its failure ends the process. */
    static Runnable untilTheEnd(Side side) {
        return () -> {
            try {
                side.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        };
    }

    @SuppressWarnings("SystemExitOutsideMain") // else those who wait for messages would wait for ever
    private static void fail(Throwable e) {
        LOG.log(ERROR, "The other side of the measurement failed", e);
        System.exit(FAILED);
    }

    /** Repeats it for ever. */
    static void repeat(Side side) {
        start(() -> {
            while (true) {
                side.run();
            }
        });
    }

    /** Repeats the step until the end of the input; then prints what it cost since it had been run up. */
    static void stay(Bench bench, String label, int runUpMs, Step step) throws InterruptedException, IOException {
        var done = new AtomicLong();
        var begun = new CountDownLatch(1);
        repeat(() -> {
            done.lazySet(done.get() + step.run());
            begun.countDown();
        });
        begun.await();
        Thread.sleep(runUpMs);
        var meter = Meter.begin();
        var before = done.get();
        bench.stay();
        var measured = new Measured(done.get() - before, meter.end());
        measured.describe(bench.line(label), "sender").print(bench.out());
    }
}
