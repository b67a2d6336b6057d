package io.lingmq.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.support.OnReactor;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks that come back after a timed park. */
class ComingBackTest {
    private final Reactor reactor = new SelectorReactor("reactor-that-parks");
    private final List<String> log = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        reactor.stop();
    }

    private <T> T onReactor(Callable<T> work) {
        return OnReactor.call(reactor, work);
    }

    @Test
    void whoComesBackDoesSoAfterItsNap() {
        var parkNs = TimeUnit.MILLISECONDS.toNanos(5);
        var beganNs = System.nanoTime();
        var cameNs = new CompletableFuture<Long>();
        var task = new Task(() -> cameNs.complete(System.nanoTime()));
        onReactor(() -> {
            reactor.comeBack(task, parkNs);
            return null;
        });
        onReactor(() -> null); // wakes it, which does not end the timed park

        assertThat(Background.call("waiting", cameNs::get).result() - beganNs).isGreaterThanOrEqualTo(parkNs);
    }

    @Test
    void taskMayComeBackAgainAndAgain() {
        var runs = new AtomicInteger();
        var task = new Task[1];
        task[0] = new Task(() -> {
            if (runs.incrementAndGet() < 5) {
                reactor.comeBack(task[0], 1000);
            }
        });
        onReactor(() -> {
            reactor.comeBack(task[0], 1000);
            return null;
        });
        Await.until("it has come back five times", () -> runs.get() == 5);
    }

    @Test
    void taskThatIsAskedTwiceComesBackOnceAndAllOthersToo() {
        var first = new Task(() -> log.add("first"));
        var second = new Task(() -> log.add("second"));
        onReactor(() -> {
            reactor.comeBack(first, TimeUnit.HOURS.toNanos(1));
            reactor.comeBack(second, 1000); // the shortest timed park counts for both
            reactor.comeBack(first, TimeUnit.HOURS.toNanos(1));
            return null;
        });
        Await.until("both have come back", () -> log.size() == 2);
        onReactor(() -> null);

        assertThat(log).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void taskThatThrowsWhenItComesBackHurtsNobodyElse() {
        onReactor(() -> {
            reactor.comeBack(new Task(() -> log.add("other")), 1000);
            reactor.comeBack(
                    new Task(() -> {
                        throw new IllegalStateException("on purpose");
                    }),
                    1000);
            reactor.comeBack(new Task(() -> log.add("another")), 1000);
            return null;
        });
        Await.until("the others have come back", () -> log.size() == 2);
    }
}
