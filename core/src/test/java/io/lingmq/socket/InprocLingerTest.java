package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Zmtp;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a socket sent to a name that nobody had bound outlives its close, as on the other transports. */
class InprocLingerTest extends InprocSockets {
    private static final Duration LONG = Duration.ofMinutes(5);

    private SocketCore connected(SocketType type, Duration linger) {
        var socket = socket(type);
        socket.set(Options.LINGER, linger);
        socket.set(Options.RECONNECT_INTERVAL_MAX, Duration.ZERO);
        socket.connect(HERE);
        return socket;
    }

    private static void send(SocketCore socket, String... texts) {
        for (var text : texts) {
            assertThat(socket.trySend(Message.of(text))).as(text).isTrue();
        }
    }

    private static void awaitUnsent(SocketCore socket, long count) {
        Await.until(
                count + " unsent", () -> socket.statistics().dropped().getOrDefault(DropReason.UNSENT, 0L) == count);
    }

    // ---- who binds in time gets them

    @Test
    void binderThatComesWithinTheLingerGetsAllInOrder() {
        var push = connected(SocketType.PUSH, LONG);
        send(push, "1", "2", "3");
        push.close();
        var pull = bound(SocketType.PULL);

        assertThat(receiveAll(pull)).containsExactly("1", "2", "3");
        assertThat(push.statistics().dropped()).isEmpty();
        assertThat(pull.statistics().peers()).as("who sent them is gone").isZero();
        assertThat(context.close(Duration.ZERO).lost()).as("lost").isZero();
    }

    @Test
    void disconnectLingersAsWell() {
        var push = connected(SocketType.PUSH, LONG);
        send(push, "1", "2");
        push.disconnect(HERE);
        assertThat(push.trySend(Message.of("3"))).as("it goes nowhere any more").isFalse();
        var pull = bound(SocketType.PULL);

        assertThat(receiveAll(pull)).containsExactly("1", "2");
        assertThat(push.statistics().dropped()).isEmpty();
    }

    @Test
    void binderOfTheWrongTypeIsPassedBy() {
        var push = connected(SocketType.PUSH, LONG);
        send(push, "1");
        push.close();
        bound(SocketType.PUB).close();
        var pull = bound(SocketType.PULL);

        assertThat(receiveAll(pull)).containsExactly("1");
    }

    @Test
    void pairThatIsBusyGetsThemWhenItIsFree() throws InterruptedException {
        var early = connected(SocketType.PAIR, LONG);
        var late = connected(SocketType.PAIR, LONG);
        send(early, "early");
        send(late, "late 1", "late 2");
        late.close();
        var pair = bound(SocketType.PAIR);
        assertThat(receiveAll(pair)).containsExactly("early");
        early.close();

        assertThat(pair.receive(Await.PATIENCE)).isEqualTo(Message.of("late 1"));
        assertThat(pair.receive(Await.PATIENCE)).isEqualTo(Message.of("late 2"));
    }

    @Test
    void routerStillLearnsWhoAsked() throws InterruptedException {
        var dealer = socket(SocketType.DEALER);
        dealer.set(Options.ROUTING_ID, Zmtp.ascii("me"));
        dealer.connect(HERE);
        send(dealer, "question");
        dealer.close();
        var router = bound(SocketType.ROUTER);

        assertThat(router.receive(Await.PATIENCE)).isEqualTo(Message.of("me", "question"));
        router.send(Message.of("me", "answer"));
        assertThat(router.statistics().dropped()).containsExactly(entry(DropReason.NO_ROUTE, 1L));
    }

    @Test
    void newestMessageOfAConflatingSocketLingersToo() {
        var push = socket(SocketType.PUSH);
        push.set(Options.CONFLATE, true);
        push.connect(HERE);
        send(push, "old", "new");
        push.close();
        var pull = bound(SocketType.PULL);

        assertThat(receiveAll(pull)).containsExactly("new");
    }

    @Test
    void whatTheBinderHasNotReceivedWhenItClosesLingersForTheNext() {
        var first = bound(SocketType.PULL);
        var push = connected(SocketType.PUSH, LONG);
        send(push, "1");
        first.close();
        push.close();

        assertThat(receiveAll(bound(SocketType.PULL))).containsExactly("1");
    }

    // ---- else they are lost

    @Test
    void lingerOfZeroLosesThemAtOnceAndCountsThem() {
        var push = connected(SocketType.PUSH, Duration.ZERO);
        send(push, "1", "2");
        push.close();

        assertThat(push.statistics().dropped()).containsExactly(entry(DropReason.UNSENT, 2L));
        assertThat(receiveAll(bound(SocketType.PULL))).isEmpty();
        assertThat(context.close(Duration.ZERO).lost()).as("told").isEqualTo(2);
    }

    @Test
    void afterTheLingerTheyAreLostAndCounted() {
        var push = connected(SocketType.PUSH, Duration.ofMillis(20));
        send(push, "1", "2");
        push.close();

        awaitUnsent(push, 2);
        assertThat(receiveAll(bound(SocketType.PULL))).isEmpty();
        assertThat(context.close(Duration.ZERO).lost()).as("told").isEqualTo(2);
    }

    @Test
    void contextThatClosesDoesNotWaitForABinderThatCannotCome() {
        var push = connected(SocketType.PUSH, LONG);
        send(push, "1", "2");
        push.close();

        var startNs = System.nanoTime();
        assertThat(context.close(LONG).lost()).as("told").isEqualTo(2);
        assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(Duration.ofMinutes(1));
        assertThat(push.statistics().dropped()).containsExactly(entry(DropReason.UNSENT, 2L));
    }

    @Test
    void socketsThatAContextClosesLoseTheirMessagesToo() {
        var push = connected(SocketType.PUSH, LONG);
        send(push, "1", "2");

        assertThat(context.close(LONG).lost()).as("told").isEqualTo(2);
    }

    @Test
    void whoHasNothingToSendIsGoneAtOnce() {
        connected(SocketType.PUSH, LONG).close();
        var sub = connected(SocketType.SUB, LONG);
        sub.subscribe(new byte[0]);
        sub.close();

        assertThat(bound(SocketType.PULL).statistics().peers()).isZero();
        assertThat(context.close(LONG).lost()).as("lost").isZero();
    }
}
