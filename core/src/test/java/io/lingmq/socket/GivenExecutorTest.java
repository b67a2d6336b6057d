package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Executors of every kind, good and bad; what must be on another thread is so where this is put to use. */
class GivenExecutorTest {
    private final ManualScheduler timers = new ManualScheduler();
    private final List<String> ran = new ArrayList<>();
    private final ArrayDeque<Runnable> kept = new ArrayDeque<>();

    private GivenExecutor made(Executor given) {
        return new GivenExecutor(given, Runnable::run, timers);
    }

    private Runnable task(String name) {
        return () -> ran.add(name);
    }

    private void runAllKept() {
        while (!kept.isEmpty()) {
            kept.remove().run();
        }
    }

    @Test
    void tasksRunInTheirOrderWhenTheExecutorLikes() {
        var executor = made(kept::add);
        executor.execute(task("1"));
        executor.execute(task("2"));
        assertThat(ran).isEmpty();
        runAllKept();

        assertThat(ran).containsExactly("1", "2");
    }

    @Test
    void whatIsRefusedRunsHere() {
        var executor = made(task -> {
            throw new RejectedExecutionException("shut down, on purpose");
        });
        executor.execute(task("1"));
        executor.execute(task("2"));

        assertThat(ran).containsExactly("1", "2");
    }

    @Test
    void whatIsRunAndRefusedRunsOnce() {
        var executor = made(task -> {
            task.run();
            throw new StackOverflowError("on purpose");
        });
        executor.execute(task("1"));
        executor.execute(task("2"));

        assertThat(ran).containsExactly("1", "2");
    }

    @Test
    void whatIsKeptAndRefusedRunsOnce() {
        var executor = made(task -> {
            kept.add(task);
            throw new IllegalStateException("on purpose");
        });
        executor.execute(task("1"));
        runAllKept();

        assertThat(ran).containsExactly("1");
    }

    @Test
    void whatIsRunTwiceRunsOnce() {
        var executor = made(task -> {
            task.run();
            task.run();
        });
        executor.execute(task("1"));
        executor.execute(task("2"));

        assertThat(ran).containsExactly("1", "2");
    }

    @Test
    void taskThatThrowsIsFollowedByTheNext() {
        var executor = made(Runnable::run);
        executor.execute(() -> {
            throw new StackOverflowError("on purpose");
        });
        executor.execute(task("2"));

        assertThat(ran).containsExactly("2");
    }

    @Test
    void whatWasDroppedIsAskedForAgain() {
        var asked = new int[1];
        var executor = made(task -> {
            if (asked[0]++ > 0) {
                task.run();
            }
        });
        executor.execute(task("dropped"));
        assertThat(ran).isEmpty();
        assertThat(timers.delays()).containsExactly(Duration.ofSeconds(1));
        timers.runAll();
        assertThat(ran).containsExactly("dropped");
        timers.runAll();

        assertThat(timers.delays()).as("nothing is left to look after").isEmpty();
    }

    @Test
    void oneThatOnlyTakesItsTimeIsAskedLessAndLessOften() {
        var executor = made(kept::add);
        executor.execute(task("1"));
        var delays = new ArrayList<Duration>();
        for (var look = 0; look < 9; look++) {
            delays.add(timers.runAll());
        }
        assertThat(delays.subList(0, 4))
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
        assertThat(delays.get(8)).isEqualTo(Duration.ofMinutes(1));
        runAllKept();

        assertThat(ran).containsExactly("1");
    }

    @Test
    void oneThatGoesOnIsNotAskedTwice() {
        var executor = made(kept::add);
        executor.execute(task("1"));
        executor.execute(task("2"));
        kept.remove().run();
        timers.runAll();

        assertThat(kept).hasSize(1);
    }
}
