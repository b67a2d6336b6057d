package io.lingmq.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How a reactor stops. */
class ReactorEndTest {
    private final List<String> log = new CopyOnWriteArrayList<>();

    private static boolean isRunning(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(name));
    }

    @Test
    void stopRunsWhatIsQueuedAndEndsTheThread() {
        var other = new SelectorReactor("reactor that stops");
        for (var i = 0; i < 100; i++) {
            other.post(() -> log.add("task"));
        }
        other.stop();

        assertThat(log).hasSize(100);
        Await.until("the thread has ended", () -> !isRunning("reactor that stops"));
    }

    @Test
    void stoppedReactorRefusesTasks() {
        var other = new SelectorReactor("reactor that has stopped");
        var kept = new Task(() -> log.add("kept"));
        assertThat(other.post(kept)).isTrue();
        other.stop();

        assertThat(other.post(() -> log.add("late"))).isFalse();
        assertThat(other.post(kept)).isFalse();
        assertThat(other.post(kept)).isFalse();
        other.stop();
        assertThat(log).containsExactly("kept");
    }

    /** Others give it tasks just as it stops. Each of these runs or is refused. */
    @Test
    void taskThatIsNotRefusedRuns() {
        for (var round = 0; round < 300; round++) {
            var other = new SelectorReactor("reactor that stops under load");
            var taken = new AtomicInteger();
            var ran = new AtomicInteger();
            var giving = Background.run("giver", () -> {
                while (other.post(ran::incrementAndGet)) {
                    taken.incrementAndGet();
                }
            });
            Await.until("it is under load", () -> ran.get() > 10);
            other.stop();
            giving.result();
            Await.until(
                    "the thread has ended", () -> !isRunning("reactor that stops under load")); // stop waits a second
            assertThat(ran.get()).as("round %d", round).isEqualTo(taken.get());
        }
    }

    @Test
    void canStopItself() {
        var other = new SelectorReactor("reactor that stops itself");
        other.post(other::stop);

        Await.until("the thread has ended", () -> !isRunning("reactor that stops itself"));
    }

    @Test
    void stoppingLeavesTheCallersInterruptAsItWas() {
        Thread.currentThread().interrupt();
        new SelectorReactor("reactor stopped by an interrupted thread").stop();

        assertThat(Thread.interrupted()).isTrue();
    }
}
