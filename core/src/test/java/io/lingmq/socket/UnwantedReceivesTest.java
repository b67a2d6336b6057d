package io.lingmq.socket;

import static io.lingmq.socket.AsyncSite.failure;
import static io.lingmq.socket.AsyncSite.m;
import static io.lingmq.socket.AsyncSite.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.support.Seed;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Receives whose dependent stages have all ended: nobody would get the message, so none is taken. */
class UnwantedReceivesTest {
    @AutoClose
    private final AsyncSite site = new AsyncSite();

    private final SocketCore push = site.push;
    private final SocketCore pull = site.pull;

    private void join() {
        site.join();
    }

    /** A receive whose only stage has ended. */
    private CompletableFuture<Message> unwanted() {
        var future = pull.receiveAsync();
        future.thenApply(Message::text).cancel(false);
        return future;
    }

    @Test
    void noMessageIsTakenWhenAllStagesAreOver() {
        join();
        var stage = pull.receiveAsync().thenApply(Message::text).orTimeout(1, TimeUnit.MILLISECONDS);
        assertThat(failure(stage)).isInstanceOf(TimeoutException.class);
        push.trySend(m("x"));

        assertThat(result(pull.receiveAsync())).isEqualTo(m("x"));
        assertThat(pull.statistics().dropped()).isEmpty();
    }

    @Test
    void neitherWhenTheFutureHasATimeOfItsOwn() {
        join();
        var timed = pull.receiveAsync().orTimeout(1, TimeUnit.HOURS).completeOnTimeout(m("none"), 1, TimeUnit.HOURS);
        timed.thenApply(Message::text).cancel(false);
        push.trySend(m("x"));

        assertThat(result(pull.receiveAsync())).isEqualTo(m("x"));
        assertThat(timed).isNotDone();
    }

    @Test
    void whoWantsItAgainGetsTheMessage() {
        join();
        var ways = List.<Function<CompletableFuture<Message>, CompletableFuture<?>>>of(
                future -> future.thenApply(Message::text),
                future -> future.copy().thenApply(Message::text),
                future -> future.orTimeout(1, TimeUnit.HOURS).thenApply(Message::text),
                future -> CompletableFuture.supplyAsync(() -> future.join().text()),
                future -> CompletableFuture.completedFuture("x").thenCombine(future, (x, message) -> message.text()),
                future -> CompletableFuture.completedFuture("x")
                        .thenCompose(x -> future)
                        .thenApply(Message::text));
        for (var way : ways) {
            var future = unwanted();
            push.trySend(m("1"));
            assertThat(result(pull.receiveAsync())).as("it was passed over").isEqualTo(m("1"));
            push.trySend(m("2"));

            assertThat(result(way.apply(future))).isEqualTo("2");
        }
    }

    @Test
    void whoDependsOnItAsPartOfManyIsSeenToo() {
        join();
        var future = unwanted();
        var any = CompletableFuture.anyOf(future, new CompletableFuture<>());
        push.trySend(m("1"));
        assertThat(result(any)).isEqualTo(m("1"));

        var second = unwanted();
        var all = CompletableFuture.allOf(second);
        push.trySend(m("2"));
        result(all);
        assertThat(second).isCompletedWithValue(m("2"));
    }

    @Test
    void olderOnesThatAreWantedAgainComeFirst() {
        join();
        var first = unwanted();
        var second = unwanted();
        var third = pull.receiveAsync();
        var texts = List.of(first.thenApply(Message::text), second.thenApply(Message::text));
        push.trySend(m("1"));
        push.trySend(m("2"));
        push.trySend(m("3"));

        assertThat(result(texts.get(0)) + result(texts.get(1)) + result(third).text())
                .isEqualTo("123");
    }

    @Test
    void programThatAlwaysEndsTheWrongStageFillsNoMemory() {
        join();
        var waiting = pull.receiveAsync();
        var oldest = unwanted();
        CompletableFuture<Message> last = oldest;
        for (var i = 0; i < 5_000; i++) {
            last = unwanted();
        }
        var next = pull.receiveAsync();
        Await.until("the oldest is given up", oldest::isDone);
        assertThat(oldest.handle((message, failure) -> failure).join())
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("taken no message");
        push.trySend(m("1"));
        push.trySend(m("2"));

        assertThat(result(waiting)).isEqualTo(m("1"));
        assertThat(result(next)).isEqualTo(m("2"));
        assertThat(last).as("it may still be wanted").isNotDone();
        assertThat(pull.statistics().dropped()).isEmpty();
    }

    /** A stage may end at any moment: its message stays, or comes, or is counted. */
    @Test
    void stagesThatEndAtAnyMomentLoseNothingThatIsNotCounted() {
        push.set(Options.SEND_HWM, 0);
        join();
        var random = Seed.random("UnwantedReceivesTest.stagesThatEndAtAnyMomentLoseNothingThatIsNotCounted");
        var seen = new ConcurrentLinkedQueue<Message>();
        for (var i = 0; i < 5000; i++) {
            var stage = pull.receiveAsync().thenAccept(seen::add);
            push.trySend(m("" + i));
            for (var spins = random.nextInt(600); spins > 0; spins--) {
                Thread.onSpinWait();
            }
            stage.cancel(false);
        }
        var left = new int[1];
        Await.until("all are seen, left, or counted", () -> {
            while (pull.tryReceive() != null) {
                left[0]++;
            }
            var abandoned = pull.statistics().dropped().getOrDefault(DropReason.ABANDONED, 0L);
            return seen.size() + left[0] + abandoned >= 5000; // more where a stage ends while its function runs
        });
        assertThat(seen.size() + left[0]).isLessThanOrEqualTo(5000);
        var order =
                seen.stream().map(message -> Integer.valueOf(message.text())).toList();
        assertThat(order).isSorted();
    }

    @Test
    void messageIsNotCountedWhileAStageIsOpenOrSomebodyWaits() {
        join();
        var shared = pull.receiveAsync();
        var over = shared.copy().orTimeout(1, TimeUnit.MILLISECONDS);
        var open = shared.thenApply(Message::text);
        assertThat(failure(over)).isInstanceOf(TimeoutException.class);
        push.trySend(m("1"));
        assertThat(result(open)).isEqualTo("1");

        var waitedFor = pull.receiveAsync();
        assertThat(failure(waitedFor.copy().orTimeout(1, TimeUnit.MILLISECONDS)))
                .isInstanceOf(TimeoutException.class);
        var waiting = Background.call("waiting", waitedFor::get).awaitInside("get");
        push.trySend(m("2"));
        assertThat(waiting.result()).isEqualTo(m("2"));

        result(pull.receiveAsync().completeAsync(() -> m("done")));
        assertThat(pull.statistics().dropped()).isEmpty();
    }
}
