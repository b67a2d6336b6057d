package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SerialTaskTest {
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void askingRunsTheWorkOnAnotherThread() {
        var threads = new ConcurrentLinkedQueue<Thread>();
        new SerialTask(ForkJoinPool.commonPool(), () -> threads.add(Thread.currentThread())).request();

        Await.until("it has run", () -> !threads.isEmpty());
        assertThat(threads).doesNotContain(Thread.currentThread());
    }

    @Test
    void nothingRunsUnasked() {
        new SerialTask(ForkJoinPool.commonPool(), runs::incrementAndGet);
        var other = new SerialTask(ForkJoinPool.commonPool(), () -> {});
        other.request();

        assertThat(runs).hasValue(0);
    }

    @Test
    void whatIsAskedDuringARunMakesItRunOnceMore() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var serving = new SerialTask(ForkJoinPool.commonPool(), () -> {
            runs.incrementAndGet();
            begun.countDown();
            awaitQuietly(goOn);
        });
        serving.request();
        begun.await();
        for (var i = 0; i < 100; i++) {
            serving.request();
        }
        assertThat(runs).hasValue(1);
        goOn.countDown();

        Await.until("it has run again", () -> runs.get() == 2);
        var after = new CountDownLatch(1);
        new SerialTask(ForkJoinPool.commonPool(), after::countDown).request();
        awaitQuietly(after);
        assertThat(runs).as("a hundred askings are one").hasValue(2);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void runsAreNeverTwoAtOnceAndNothingAskedIsMissed() {
        var inside = new AtomicInteger();
        var overlaps = new AtomicInteger();
        var brought = new AtomicInteger();
        var seen = new AtomicInteger();
        var serving = new SerialTask(ForkJoinPool.commonPool(), () -> {
            if (inside.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
            }
            seen.set(brought.get());
            inside.decrementAndGet();
        });
        var askers = new ArrayList<Background<Boolean>>();
        for (var i = 0; i < 4; i++) {
            askers.add(Background.run("asking " + i, () -> {
                for (var n = 0; n < 50_000; n++) {
                    brought.incrementAndGet();
                    serving.request();
                }
            }));
        }
        askers.forEach(Background::result);

        Await.until("the last is seen", () -> seen.get() == 200_000);
        assertThat(overlaps).hasValue(0);
    }

    @Test
    void workThatThrowsRunsAgainWhenItIsAsked() {
        var serving = new SerialTask(ForkJoinPool.commonPool(), () -> {
            if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("on purpose");
            }
        });
        serving.request();
        Await.until("it has thrown", () -> runs.get() == 1);

        Await.until("it has run again", Duration.ofSeconds(5), () -> {
            serving.request();
            return runs.get() > 1;
        });
    }
}
