package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ClosedException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContextCloseTest {
    private static final String NAME = "context-close-test";
    private static final Duration LONG = Duration.ofSeconds(60);
    /** Nobody listens there, and nobody will: a port of the system's own. */
    private static final String NOBODY = "tcp://127.0.0.1:1";

    private final ContextCore context = new ContextCore(1, NAME);
    private final CountDownLatch ioGoesOn = new CountDownLatch(1);

    @AfterEach
    void close() {
        ioGoesOn.countDown();
        context.close(Duration.ZERO);
        assertThat(ioThreads()).isZero();
    }

    private static long ioThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(NAME))
                .count();
    }

    /** A socket with one message for a peer that never comes. */
    private SocketCore waitingInVain() throws InterruptedException {
        var push = context.socket(SocketType.PUSH, Settings.defaults().with(Options.LINGER, LONG));
        push.connect(NOBODY);
        push.send(Message.of("unsent"));
        return push;
    }

    private void stopIo() {
        context.reactor().post(() -> {
            var unused = Background.run("", () -> {}); // a class that is loaded before the thread stands
            while (ioGoesOn.getCount() > 0) {
                LockSupport.parkNanos(1_000_000);
            }
        });
    }

    private static long elapsedMs(Background.Action action) throws Exception {
        var beginNs = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - beginNs).toMillis();
    }

    @Test
    void secondCloserWaitsAndTellsTheSameLoss() throws InterruptedException {
        waitingInVain();
        stopIo();
        var first = Background.call(
                "the first closer", () -> context.close(Duration.ofSeconds(1)).lost());
        Await.until("the context closes", context::isClosed);
        var second = Background.call(
                "the second closer", () -> context.close(Duration.ofSeconds(1)).lost());
        ioGoesOn.countDown();
        assertThat(second.result()).isOne();
        assertThat(ioThreads()).isZero();
        assertThat(first.result()).isOne();
    }

    @Test
    void secondCloserWithLessTimeEndsTheWaitOfBoth() throws Exception {
        waitingInVain();
        var first =
                Background.call("the first closer", () -> context.close(LONG).lost());
        first.awaitInside("close");
        assertThat(context.close(Duration.ofMillis(50)).lost()).isOne();
        assertThat(first.result()).isOne();
    }

    @Test
    void manyClosersAtOnceLoseNothingAndLeaveNothing() throws Exception {
        for (var turn = 0; turn < 50; turn++) {
            var crowded = new ContextCore(2, NAME);
            for (var i = 0; i < 5; i++) {
                var pull = crowded.socket(SocketType.PULL, Settings.defaults());
                var push = crowded.socket(SocketType.PUSH, Settings.defaults());
                push.connect(pull.bind("tcp://127.0.0.1:*"));
            }
            var other = Background.call(
                    "another closer",
                    () -> crowded.close(Duration.ofSeconds(20)).lost());
            assertThat(elapsedMs(() -> assertThat(
                                    crowded.close(Duration.ofSeconds(20)).lost())
                            .isZero()))
                    .as("nobody waits for what another has stopped")
                    .isLessThan(10_000);
            assertThat(other.result()).isZero();
            assertThat(ioThreads()).isZero();
        }
    }

    @Test
    void interruptDoesNotShortenAClose() throws InterruptedException {
        var push = waitingInVain();
        push.set(Options.LINGER, Duration.ofMillis(300));
        var flag = new AtomicReference<Boolean>();
        var took = Background.call("an interrupted closer", () -> {
                    Thread.currentThread().interrupt();
                    var ms = elapsedMs(
                            () -> assertThat(context.close(LONG).lost()).isOne());
                    flag.set(Thread.interrupted());
                    return ms;
                })
                .result();
        assertThat(took).isGreaterThanOrEqualTo(300);
        assertThat(flag).as("the interrupt is kept for whoever comes next").hasValue(true);
        assertThat(ioThreads()).isZero();
    }

    @Test
    void manySlowEndpointsTogetherTakeNoLongerThanOne() throws Exception {
        for (var i = 0; i < 5; i++) {
            context.socket(SocketType.PULL, Settings.defaults()).bind("tcp://127.0.0.1:*");
        }
        stopIo();
        assertThat(elapsedMs(() -> context.close(Duration.ofMillis(100))))
                .as("the I/O thread does not move, so this is as long as it can get")
                .isBetween(100L, 2_100L);
    }

    @Test
    void aClosedContextOpensNothing() {
        context.close(Duration.ZERO);
        assertThatThrownBy(() -> context.socket(SocketType.PULL, Settings.defaults()))
                .isInstanceOf(ClosedException.class);
    }
}
