package io.lingmq.socket;

import static io.lingmq.socket.AsyncSite.failure;
import static io.lingmq.socket.AsyncSite.m;
import static io.lingmq.socket.AsyncSite.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ClosedException;
import io.lingmq.error.NotSupportedException;
import io.lingmq.error.SocketStateException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.support.Seed;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class AsyncCallsTest {
    @AutoClose
    private final AsyncSite site = new AsyncSite();

    private final ContextCore context = site.context;
    private final SocketCore push = site.push;
    private final SocketCore pull = site.pull;

    private void join() {
        site.join();
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

    // ---- nothing and nobody ends it for good

    @Test
    void messageThatIsNullIsRefusedAndHoldsUpNobody() {
        join();
        assertThatThrownBy(() -> push.sendAsync(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the message is null");

        result(push.sendAsync(m("next")));
    }

    @Test
    void cancelledCallsBehindOneThatWaitsAreForgotten() {
        var calls = site.calls(SocketType.PUSH, push, new ManualScheduler());
        var waiting = calls.send(m("waits for a peer"));
        for (var i = 0; i < 10_000; i++) {
            calls.send(m("given up")).cancel(false);
        }
        var last = calls.send(m("waits too"));

        Await.until("few are kept", () -> calls.open() < 100);
        assertThat(waiting).isNotDone();
        assertThat(last).isNotDone();
    }

    // ---- code that depends on a future

    @Test
    void codeMayWaitForAnotherReceiveThatCameAtTheSameTime() {
        join();
        var second = new CompletableFuture<CompletableFuture<Message>>();
        var both = pull.receiveAsync()
                .thenApply(first -> first.text() + second.join().join().text());
        second.complete(pull.receiveAsync());
        push.trySend(m("1"));
        push.trySend(m("2"));

        assertThat(result(both)).isEqualTo("12");
    }

    @Test
    void codeMayReceiveMoreItself() {
        join();
        var both = pull.receiveAsync()
                .thenApply(first -> first.text() + pull.receiveAsync().join().text());
        push.trySend(m("1"));
        push.trySend(m("2"));

        assertThat(result(both)).isEqualTo("12");
    }

    @Test
    void codeMayWaitForCodeThatComesAfterIt() {
        join();
        var latch = new CountDownLatch(20);
        var all = new ArrayList<CompletableFuture<Void>>();
        for (var i = 0; i < 20; i++) {
            all.add(pull.receiveAsync().thenAccept(message -> {
                latch.countDown();
                awaitQuietly(latch);
            }));
        }
        for (var i = 0; i < 20; i++) {
            push.trySend(m("" + i));
        }
        all.forEach(AsyncSite::result);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void codeSeesMessagesInTheirOrder() {
        push.set(Options.SEND_HWM, 0);
        join();
        var seen = new ConcurrentLinkedQueue<Message>();
        var all = new ArrayList<CompletableFuture<Void>>();
        for (var i = 0; i < 5000; i++) {
            all.add(pull.receiveAsync().thenAccept(seen::add));
            push.trySend(m("" + i));
        }
        all.forEach(AsyncSite::result);
        var number = 0;
        for (var message : seen) {
            assertThat(message).isEqualTo(m("" + number++));
        }
    }

    // ---- ending a future from outside

    @Test
    void whatIsEndedFromOutsideWasNotSent() {
        push.set(Options.SEND_HWM, 0);
        join();
        var random = Seed.random("AsyncCallsTest.whatIsEndedFromOutsideWasNotSent");
        var expected = new ArrayList<Message>();
        for (var i = 0; i < 20_000; i++) {
            var message = m("" + i);
            var future = push.sendAsync(message);
            for (var spins = random.nextInt(600); spins > 0; spins--) {
                Thread.onSpinWait();
            }
            if (!ended(future, i % 3)) {
                expected.add(message);
            }
        }
        result(push.sendAsync(m("last")));
        var received = new ArrayList<Message>();
        Message message;
        while ((message = pull.tryReceive()) != null) {
            received.add(message);
        }
        expected.add(m("last"));
        assertThat(received).isEqualTo(expected);
    }

    private static boolean ended(CompletableFuture<Void> future, int way) {
        return switch (way) {
            case 0 -> future.cancel(false);
            case 1 -> future.complete(null);
            default -> future.completeExceptionally(new IllegalStateException("on purpose"));
        };
    }

    @Test
    void replyGoesToItsOwnRequestWhenReceivesAreCancelled() {
        var rep = context.socket(SocketType.REP, Settings.defaults());
        rep.bind("inproc://rep");
        var req = context.socket(SocketType.REQ, Settings.defaults());
        req.set(Options.REQ_RELAXED, true);
        req.set(Options.REQ_CORRELATE, true);
        req.set(Options.SEND_HWM, 0); // what is given up waits for a server that may get no turn for long
        req.connect("inproc://rep");
        var server = Background.run("answering", () -> {
            while (true) {
                rep.send(rep.receive());
            }
        });
        var random = Seed.random("AsyncCallsTest.replyGoesToItsOwnRequestWhenReceivesAreCancelled");
        for (var i = 0; i < 5_000; i++) {
            var question = m("" + i);
            assertThat(req.trySend(question)).isTrue();
            var reply = req.receiveAsync();
            for (var spins = random.nextInt(2000); spins > 0; spins--) {
                Thread.onSpinWait();
            }
            if (!reply.cancel(false)) {
                assertThat(result(reply)).isEqualTo(question);
            }
        }
        server.interrupt();
    }

    @Test
    void timeOutOfTheFutureItselfTakesNoMessage() {
        join();
        assertThat(failure(pull.receiveAsync().orTimeout(1, TimeUnit.MILLISECONDS)))
                .isInstanceOf(TimeoutException.class);
        assertThat(result(pull.receiveAsync().completeOnTimeout(m("none"), 1, TimeUnit.MILLISECONDS)))
                .isEqualTo(m("none"));
        assertThat(result(pull.receiveAsync().completeAsync(() -> m("other")))).isEqualTo(m("other"));
        push.trySend(m("x"));

        assertThat(result(pull.receiveAsync())).isEqualTo(m("x"));
        assertThat(pull.statistics().dropped()).isEmpty();
    }
}
