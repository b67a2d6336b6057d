package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ClosedException;
import io.lingmq.error.NotSupportedException;
import io.lingmq.error.SocketStateException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AsyncCallsTest {
    private static final String HERE = "inproc://here";

    private final ContextCore context = new ContextCore(1, "async-test");
    private final SocketCore push = context.socket(SocketType.PUSH, Settings.defaults());
    private final SocketCore pull = context.socket(SocketType.PULL, Settings.defaults());

    @AfterEach
    void close() {
        context.close(Duration.ofSeconds(5));
    }

    private void join() {
        pull.bind(HERE);
        push.connect(HERE);
    }

    private static Message m(String text) {
        return Message.of(text);
    }

    private static <T> T result(CompletableFuture<T> future) {
        return Background.call("waiting for a future", future::get).result();
    }

    private static Throwable failure(CompletableFuture<?> future) {
        var failure = Background.call("waiting for a future", future::get).failure(Await.PATIENCE);
        assertThat(failure).isInstanceOf(ExecutionException.class);
        return failure.getCause();
    }

    // ---- receiving

    @Test
    void receiveCompletesWithWhatIsThere() {
        join();
        push.trySend(m("x"));

        assertThat(result(pull.receiveAsync())).isEqualTo(m("x"));
    }

    @Test
    void receiveCompletesWhenAMessageComes() {
        join();
        var future = pull.receiveAsync();
        assertThat(future).isNotDone();
        push.trySend(m("x"));

        assertThat(result(future)).isEqualTo(m("x"));
    }

    @Test
    void receivesCompleteInTheOrderOfTheCalls() {
        join();
        var futures = new ArrayList<CompletableFuture<Message>>();
        for (var i = 0; i < 1000; i++) {
            futures.add(pull.receiveAsync());
        }
        for (var i = 0; i < 1000; i++) {
            push.trySend(m("" + i));
        }
        for (var i = 0; i < 1000; i++) {
            assertThat(result(futures.get(i))).isEqualTo(m("" + i));
        }
    }

    @Test
    void neverCompletesOnTheThreadThatSends() {
        join();
        var completedBy = pull.receiveAsync().thenApply(message -> Thread.currentThread());
        push.trySend(m("x"));

        assertThat(result(completedBy)).isNotSameAs(Thread.currentThread());
    }

    @Test
    void cancelledReceiveTakesNoMessage() {
        join();
        var cancelled = pull.receiveAsync();
        var next = pull.receiveAsync();
        cancelled.cancel(false);
        push.trySend(m("x"));

        assertThat(result(next)).isEqualTo(m("x"));
    }

    @Test
    void cancelledReceiveLeavesTheMessageForPlainOnesToo() {
        join();
        var cancelled = pull.receiveAsync();
        cancelled.cancel(false);
        push.trySend(m("x"));

        assertThat(Background.call("receiving", () -> pull.receive()).result()).isEqualTo(m("x"));
    }

    @Test
    void cancellingAtAnyMomentLosesNothingAndKeepsTheOrder() {
        push.set(Options.SEND_HWM, 0);
        join();
        var received = 0;
        for (var round = 0; round < 2000; round++) {
            var future = pull.receiveAsync();
            push.trySend(m("" + round));
            for (var spins = round % 200; spins > 0; spins--) {
                Thread.onSpinWait();
            }
            if (future.cancel(false)) {
                continue;
            }
            assertThat(result(future)).isEqualTo(m("" + received++));
        }
        while (received < 2000) {
            assertThat(Background.call("receiving", () -> pull.receive()).result())
                    .isEqualTo(m("" + received++));
        }
    }

    @Test
    void closingFailsWhatIsOpen() {
        join();
        var future = pull.receiveAsync();
        pull.close();

        assertThat(failure(future)).isInstanceOf(ClosedException.class);
        assertThat(failure(pull.receiveAsync())).isInstanceOf(ClosedException.class);
    }

    @Test
    void receiveThatTheStateForbidsFails() {
        var req = context.socket(SocketType.REQ, Settings.defaults());

        assertThat(failure(req.receiveAsync())).isInstanceOf(SocketStateException.class);
        assertThatThrownBy(push::receiveAsync).isInstanceOf(NotSupportedException.class);
    }

    @Test
    void callbackThatThrowsHurtsNobodyElse() {
        join();
        var failed = pull.receiveAsync().thenAccept(message -> {
            throw new IllegalStateException("on purpose");
        });
        var next = pull.receiveAsync();
        push.trySend(m("1"));
        push.trySend(m("2"));

        assertThat(result(next)).isEqualTo(m("2"));
        assertThatThrownBy(failed::join).isInstanceOf(CompletionException.class);
    }

    // ---- sending

    @Test
    void sendCompletesWhenTheSocketHasTakenIt() {
        join();
        result(push.sendAsync(m("x")));

        assertThat(pull.tryReceive()).isEqualTo(m("x"));
    }

    @Test
    void sendWaitsForAPeer() {
        var future = push.sendAsync(m("x"));
        assertThat(future).isNotDone();
        join();

        result(future);
        assertThat(pull.tryReceive()).isEqualTo(m("x"));
    }

    @Test
    void sendsCompleteInTheOrderOfTheCalls() {
        push.set(Options.SEND_HWM, 3);
        pull.set(Options.RECEIVE_HWM, 3);
        join();
        var last = CompletableFuture.<Void>completedFuture(null);
        for (var i = 0; i < 1000; i++) {
            last = push.sendAsync(m("" + i));
        }
        for (var i = 0; i < 1000; i++) {
            assertThat(Background.call("receiving", () -> pull.receive()).result())
                    .isEqualTo(m("" + i));
        }
        result(last);
    }

    @Test
    void cancelledSendIsWithdrawn() {
        var cancelled = push.sendAsync(m("cancelled"));
        var next = push.sendAsync(m("next"));
        cancelled.cancel(false);
        join();

        result(next);
        assertThat(pull.tryReceive()).isEqualTo(m("next"));
        assertThat(pull.tryReceive()).isNull();
    }

    @Test
    void closingFailsSendsToo() {
        var future = push.sendAsync(m("x"));
        push.close();

        assertThat(failure(future)).isInstanceOf(ClosedException.class);
    }

    @Test
    void sendThatTheTypeForbidsFails() {
        assertThat(failure(pull.sendAsync(m("x")))).isInstanceOf(NotSupportedException.class);
    }
}
