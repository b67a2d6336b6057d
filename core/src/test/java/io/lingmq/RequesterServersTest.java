package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.EndpointException;
import io.lingmq.error.OptionException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.RequesterSettings;
import io.lingmq.option.RetryPolicy;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Endpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which server of a requester gets a request, and who gets it again. The servers are ROUTERs that this test plays. */
class RequesterServersTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final RequesterSettings SETTINGS =
            RequesterSettings.defaults().withTimeout(LONG);

    private final Context context = Context.open();
    private final RouterSocket server = context.router();
    private final String endpoint = Endpoints.inproc();
    private Requester requester = context.requester(SETTINGS);

    RequesterServersTest() {
        server.bind(endpoint);
        requester.connect(endpoint);
    }

    @AfterEach
    void close() {
        context.close(Duration.ofSeconds(5));
    }

    private void use(RequesterSettings settings) {
        requester.close();
        requester = context.requester(settings);
        requester.connect(endpoint);
    }

    private Message received() throws InterruptedException {
        return received(server);
    }

    private static Message received(RouterSocket by) throws InterruptedException {
        var message = by.receive(LONG);
        assertThat(message).as("a request").isNotNull();
        return message;
    }

    private static Message reply(Message request, String text) {
        return request.slice(0, 3).followedBy(Message.of(text));
    }

    private static final RetryPolicy SOON = RetryPolicy.times(2).after(SHORT).backoff(1, SHORT);

    private record Heard(RouterSocket by, Message request) {}

    /** The next request, wherever it comes. */
    private Heard heard(RouterSocket... servers) {
        return Await.value("a request", () -> {
            for (var each : servers) {
                var message = each.tryReceive();
                if (message != null) {
                    return new Heard(each, message);
                }
            }
            return null;
        });
    }

    @Test
    void serversTakeTurns() throws InterruptedException {
        try (var other = context.router()) {
            requester.connect(other.bind(Endpoints.inproc()));
            var futures = new ArrayList<CompletableFuture<Message>>();
            for (var i = 0; i < 6; i++) {
                futures.add(requester.requestAsync("x"));
            }
            for (var i = 0; i < 3; i++) {
                server.send(reply(received(server), "a"));
                other.send(reply(received(other), "b"));
            }
            assertThat(futures.stream().map(future -> future.join().text()).sorted())
                    .containsExactly("a", "a", "a", "b", "b", "b");
        }
    }

    @Test
    void retryGoesToAnotherServer() {
        use(SETTINGS.withRetry(SOON));
        try (var other = context.router()) {
            requester.connect(other.bind(Endpoints.inproc()));
            var future = requester.requestAsync("x");
            var first = heard(server, other);
            var second = heard(server, other);
            assertThat(second.by).isNotSameAs(first.by);
            assertThat(second.request.bytes(1)).as("the same id").isEqualTo(first.request.bytes(1));
            assertThat(second.by.trySend(reply(second.request, "second"))).isTrue();
            assertThat(future.join()).isEqualTo(Message.of("second"));
            assertThat(first.by.trySend(reply(first.request, "first"))).isTrue();
            Await.until("the other reply is late", () -> requester.statistics().late() == 1);
            assertThat(requester.statistics().retried()).isPositive();
        }
    }

    @Test
    void retryGoesToTheSameServerIfAskedTo() {
        use(SETTINGS.withRetry(SOON.toSameServer()));
        try (var other = context.router()) {
            requester.connect(other.bind(Endpoints.inproc()));
            var future = requester.requestAsync("x");
            var first = heard(server, other);
            var second = heard(server, other);
            var third = heard(server, other);
            assertThat(List.of(second.by, third.by)).containsOnly(first.by);
            assertThat(third.by.trySend(reply(first.request, "to the first attempt")))
                    .isTrue();
            assertThat(future.join()).isEqualTo(Message.of("to the first attempt"));
        }
    }

    @Test
    void retriesAreSoManyAndNoMore() throws InterruptedException {
        use(SETTINGS.withRetry(SOON));
        assertThat(requester.request(Message.of("x"), Duration.ofMillis(200))).isNull();
        for (var i = 0; i < 3; i++) {
            received();
        }
        assertThat(server.tryReceive()).isNull();
        assertThat(requester.statistics().sent()).isEqualTo(3);
        assertThat(requester.statistics().retried()).isEqualTo(2);
    }

    @Test
    void suspectServerIsAskedLast() throws InterruptedException {
        try (var silent = context.router()) {
            requester.connect(silent.bind(Endpoints.inproc()));
            var answering = Background.run("answering", () -> {
                while (true) {
                    server.send(reply(received(), "yes"));
                }
            });
            for (var i = 0; i < 2; i++) {
                requester.request(Message.of("x"), Duration.ofMillis(200)); // one of them comes to the silent one
            }
            assertThat(requester.statistics().timedOut()).isEqualTo(1);
            for (var i = 0; i < 20; i++) {
                assertThat(requester.request(Message.of("x"), LONG)).isNotNull();
            }
            answering.interrupt();
        }
    }

    @Test
    void serversMayConnect() throws InterruptedException {
        requester.disconnect(endpoint);
        var bound = requester.bind(Endpoints.inproc());
        try (var rep = context.rep()) {
            rep.connect(bound);
            var reply = requester.requestAsync("x");
            assertThat(rep.receive(LONG)).isEqualTo(Message.of("x"));
            rep.send("y");
            assertThat(reply.join()).isEqualTo(Message.of("y"));
            assertThat(requester.peers()).hasSize(1);
        }
        requester.unbind(bound);
        assertThatThrownBy(() -> requester.unbind(bound)).isInstanceOf(EndpointException.class);
        assertThatThrownBy(() -> requester.disconnect(endpoint)).isInstanceOf(EndpointException.class);
        assertThatThrownBy(() -> requester.connect("nonsense")).isInstanceOf(EndpointException.class);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> SETTINGS.withMaxInFlight(0)).isInstanceOf(OptionException.class);
        assertThatThrownBy(() -> SETTINGS.withSocket(Options.SEND_HWM, -1)).isInstanceOf(OptionException.class);
        assertThatThrownBy(() -> SETTINGS.withSocket(Options.REQ_RELAXED, true))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("DEALER");
        assertThatThrownBy(() -> RetryPolicy.times(-1)).isInstanceOf(OptionException.class);
        assertThatThrownBy(() -> RetryPolicy.none().after(Duration.ZERO)).isInstanceOf(OptionException.class);
        assertThatThrownBy(() -> SOON.backoff(0.5, LONG)).isInstanceOf(OptionException.class);
        assertThatThrownBy(() -> SOON.backoff(2, Duration.ofNanos(1))).isInstanceOf(OptionException.class);
    }

    @Test
    void backoffGrowsUpToItsLimit() {
        var policy = RetryPolicy.times(5).after(Duration.ofMillis(100)).backoff(2, Duration.ofMillis(300));
        assertThat(List.of(policy.patienceNs(1), policy.patienceNs(2), policy.patienceNs(3), policy.patienceNs(900)))
                .containsExactly(100_000_000L, 200_000_000L, 300_000_000L, 300_000_000L);
    }
}
