package io.lingmq.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.PubSocket;
import io.lingmq.error.ErrorCode;
import io.lingmq.error.LingException;
import io.lingmq.event.SocketEvent;
import io.lingmq.message.Message;
import io.lingmq.option.SocketType;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What the socket types promise, whatever transport is below them and whatever protocol is spoken there. It is for
 * those who bring one: a protocol that loses subscriptions or the ends of messages is found here.
 *
 * <p>Threading: as {@link TransportContract}.
 *
 * <p>Source: RFC 28/REQREP, 29/PUBSUB, 30/PIPELINE.
 */
public abstract class SocketTypeContract {
    private static final int ROUNDS = 100;

    private final TwoSides sides = new TwoSides();

    /** For subclasses. */
    protected SocketTypeContract() {}

    /** An endpoint that nobody uses, with its scheme. */
    protected abstract String freshEndpoint();

    @AfterEach
    final void closeBothSides() {
        sides.close();
    }

    @Test
    final void pushDealsToAllPullsInTurn() throws InterruptedException {
        try (var push = sides.binding().push();
                var one = sides.connecting().pull();
                var other = sides.connecting().pull()) {
            var endpoint = push.bind(freshEndpoint());
            one.connect(endpoint);
            other.connect(endpoint);
            TwoSides.awaitPeers(push, 2);

            for (var i = 0; i < 2 * ROUNDS; i++) {
                push.send("number " + i);
            }
            var first = Integer.parseInt(TwoSides.take(one).text(0).substring("number ".length()));
            for (var i = 0; i < ROUNDS; i++) {
                assertThat(TwoSides.take(other)).isEqualTo(Message.of("number " + (2 * i + 1 - first)));
            }
        }
    }

    @Test
    final void requestsAndRepliesTakeTurns() throws InterruptedException {
        try (var server = sides.binding().rep();
                var client = sides.connecting().req()) {
            client.connect(server.bind(freshEndpoint()));
            for (var i = 0; i < ROUNDS; i++) {
                client.send("question " + i, "and more");
                assertWrongState(() -> client.trySend(Message.of("too early")));
                assertThat(TwoSides.take(server)).isEqualTo(Message.of("question " + i, "and more"));
                server.send("answer " + i);
                assertThat(TwoSides.take(client)).isEqualTo(Message.of("answer " + i));
            }
        }
    }

    private static void assertWrongState(ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        LingException.class, it -> assertThat(it.code()).isEqualTo(ErrorCode.WRONG_STATE));
    }

    @Test
    final void routerAnswersThePeerThatItNames() throws InterruptedException {
        try (var router = sides.binding().router();
                var one = sides.connecting().dealer();
                var other = sides.connecting().dealer()) {
            var endpoint = router.bind(freshEndpoint());
            one.connect(endpoint);
            other.connect(endpoint);
            one.send("one", "");
            var fromOne = TwoSides.take(router);
            other.send("other", "");
            router.send(TwoSides.take(router));
            router.send(fromOne);

            assertThat(TwoSides.take(one)).isEqualTo(Message.of("one", ""));
            assertThat(TwoSides.take(other)).isEqualTo(Message.of("other", ""));
        }
    }

    @Test
    final void subscriberGetsWhatItAskedForAndNothingElse() throws InterruptedException {
        try (var publisher = sides.binding().pub();
                var subscriber = sides.connecting().sub()) {
            subscriber.connect(publisher.bind(freshEndpoint()));
            subscriber.subscribe("a");
            subscriber.subscribe("b");
            awaitTopics(publisher, 2);
            subscriber.unsubscribe("a");
            awaitTopics(publisher, 1);

            publisher.send("a 1");
            publisher.send("b 1", "body");
            publisher.send("c 1");
            publisher.send("b 2");
            assertThat(TwoSides.take(subscriber)).isEqualTo(Message.of("b 1", "body"));
            assertThat(TwoSides.take(subscriber)).isEqualTo(Message.of("b 2"));
        }
    }

    private static void awaitTopics(PubSocket publisher, int count) {
        TwoSides.await(
                "subscribers hold " + count + " topics",
                () -> publisher.statistics().subscriptions() == count);
    }

    @Test
    final void typesThatDoNotGoTogetherNeverBecomePeers() throws InterruptedException {
        var failures = new LinkedBlockingQueue<SocketEvent>();
        try (var pull = sides.binding().pull();
                var pair = sides.connecting().pair()) {
            pull.monitor(event -> {
                if (event instanceof SocketEvent.HandshakeFailed) {
                    failures.add(event);
                }
            });
            pair.connect(pull.bind(freshEndpoint()));

            assertThat(failures.poll(20, TimeUnit.SECONDS)).isNotNull();
            assertThat(pull.peers()).isEmpty();
            assertThat(pull.type().accepts(SocketType.PAIR)).isFalse();
        }
    }
}
