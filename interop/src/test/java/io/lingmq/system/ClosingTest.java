package io.lingmq.system;

import static io.lingmq.system.SocketFixture.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.Interest;
import io.lingmq.Proxy;
import io.lingmq.PullSocket;
import io.lingmq.PushSocket;
import io.lingmq.Socket;
import io.lingmq.error.ClosedException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Endpoints;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Transport.class)
class ClosingTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @AutoClose
    private final SocketFixture fixture;

    private final PushSocket push;
    private final PullSocket pull;

    ClosingTest(Transport transport) {
        fixture = new SocketFixture(transport);
        push = fixture.context().push();
        pull = fixture.context().pull();
    }

    /** A thread in each call that can block, on sockets that nobody talks to. */
    private List<Background<?>> blocked() {
        var router = fixture.context().router();
        var dealer = fixture.context().dealer();
        var poller = fixture.context().poller();
        poller.add(pull, Interest.READ);
        fixture.bound(push);
        fixture.bound(router);
        fixture.bound(dealer);
        var all = new ArrayList<Background<?>>();
        all.add(Background.call("receiving", pull::receive).awaitInside("receive"));
        all.add(Background.call("receiving for long", () -> pull.receive(Duration.ofHours(1)))
                .awaitInside("receive"));
        all.add(Background.run("sending", () -> push.send("x")).awaitInside("send"));
        all.add(Background.call("sending for long", () -> push.send(Message.of("x"), Duration.ofHours(1)))
                .awaitInside("send"));
        all.add(Background.call("polling", poller::poll).awaitInside("poll"));
        return all;
    }

    private static void assertEndWithinASecond(List<Background<?>> calls, Consumer<Throwable> check) {
        var beginNs = System.nanoTime();
        for (var call : calls) {
            check.accept(call.failure(SECOND));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - beginNs)).isLessThan(SECOND);
    }

    @Test
    void closingTheContextEndsEveryCall() {
        var calls = blocked();
        var waiting = pull.receiveAsync();
        var beginNs = System.nanoTime();
        assertThat(fixture.context().close(Duration.ofSeconds(5)).lost()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - beginNs)).isLessThan(SECOND);
        assertEndWithinASecond(calls, failure -> assertThat(failure).isInstanceOf(ClosedException.class));
        assertThatThrownBy(waiting::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(ClosedException.class);
    }

    @Test
    void closingASocketEndsItsCallsOnly() throws InterruptedException {
        var router = fixture.context().router();
        fixture.bound(router);
        var other = Background.call("other", router::receive).awaitInside("receive");
        var calls = blocked();
        pull.close();
        push.close();
        assertEndWithinASecond(calls, failure -> assertThat(failure).isInstanceOf(ClosedException.class));
        assertThat(other.isDone()).isFalse();
        var dealer = fixture.context().dealer();
        fixture.join(router, dealer);
        dealer.send("still there");
        assertThat(other.result().text(1)).isEqualTo("still there");
    }

    @Test
    void closingTheContextEndsAProxy() {
        var proxy = Proxy.between(fixture.context().router(), fixture.context().dealer());
        var running = Background.run("proxy", proxy::run).awaitInside("run");
        fixture.context().close();
        assertThat(running.result(SECOND)).isTrue();
    }

    @Test
    void interruptEndsTheCallAndNothingElse() throws InterruptedException {
        var calls = blocked();
        calls.forEach(Background::interrupt);
        assertEndWithinASecond(calls, failure -> assertThat(failure).isInstanceOf(InterruptedException.class));
        fixture.join(push, pull);
        push.send("as if nothing had happened");
        assertThat(take(pull).text()).isEqualTo("as if nothing had happened");
    }

    @Test
    void interruptedThreadsLoseNoMessage() throws InterruptedException {
        fixture.join(pull, push);
        for (var n = 0; n < 200; n++) {
            var receiving = Background.call("receiving", () -> pull.receive().text());
            var text = String.valueOf(n);
            if (n % 2 == 0) {
                push.send(text);
                receiving.interrupt();
            } else {
                receiving.interrupt();
                push.send(text);
            }
            Await.until("the call ends", receiving::isDone);
            var left = pull.receive(Duration.ZERO);
            if (left == null) {
                left = resultOrNext(receiving);
            }
            assertThat(left.text()).isEqualTo(text);
        }
    }

    private Message resultOrNext(Background<String> receiving) throws InterruptedException {
        try {
            return Message.of(receiving.result());
        } catch (AssertionError e) {
            assertThat(e).hasCauseInstanceOf(InterruptedException.class);
            return take(pull);
        }
    }

    @Test
    void useAfterCloseSaysSo() {
        push.close();
        push.close();
        assertClosed(() -> push.send("x"));
        assertClosed(() -> push.trySend(Message.of("x")));
        assertClosed(() -> push.connect(fixture.transport().endpoint()));
        assertClosed(() -> push.bind(fixture.transport().endpoint()));
        assertClosed(() -> push.set(Options.SEND_HWM, 1));
        pull.close();
        assertClosed(pull::receive);
        assertClosed(pull::tryReceive);
        assertClosed(() -> pull.receive(Duration.ofMillis(1)));
    }

    @Test
    void useOfAClosedContextSaysSo() {
        fixture.context().close();
        fixture.context().close();
        assertClosed(() -> fixture.context().push());
        assertClosed(() -> push.send("x"));
    }

    private static void assertClosed(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(ClosedException.class).hasMessageContaining("closed");
    }

    @Test
    void leavesNoSocketFileBehind() {
        var endpoint = Endpoints.ipc();
        for (Socket socket : List.of(push, pull)) {
            socket.bind(endpoint);
            assertThat(Files.exists(Endpoints.path(endpoint))).isTrue();
            socket.close();
            assertThat(Files.exists(Endpoints.path(endpoint))).isFalse();
        }
    }

    @Test
    void socketsCloseWhileOthersUseThem() {
        for (var round = 0; round < 50; round++) {
            var busy = fixture.context().dealer();
            var partner = fixture.context().dealer();
            fixture.join(busy, partner);
            var sending = Background.run("sending", () -> {
                while (true) {
                    busy.send("x");
                }
            });
            var receiving = Background.run("receiving", () -> {
                while (true) {
                    partner.receive();
                }
            });
            busy.set(Options.LINGER, Duration.ZERO);
            busy.close();
            partner.close();
            assertThat(sending.failure(SECOND)).isInstanceOf(ClosedException.class);
            assertThat(receiving.failure(SECOND)).isInstanceOf(ClosedException.class);
        }
    }
}
