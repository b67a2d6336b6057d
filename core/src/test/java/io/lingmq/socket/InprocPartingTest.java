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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Binders that close and peers that are refused: what becomes of connects and of their messages. */
class InprocPartingTest extends InprocSockets {

    private SocketCore connectedPair(int firstMs, int longestMs) {
        var socket = socket(SocketType.PAIR);
        socket.set(Options.RECONNECT_INTERVAL, Duration.ofMillis(firstMs));
        socket.set(Options.RECONNECT_INTERVAL_MAX, Duration.ofMillis(longestMs));
        socket.connect(HERE);
        return socket;
    }

    private static void send(SocketCore socket, String... texts) {
        for (var text : texts) {
            assertThat(socket.trySend(Message.of(text))).as(text).isTrue();
        }
    }

    private static String receive(SocketCore socket) throws InterruptedException {
        var message = socket.receive(Await.PATIENCE);
        return message == null ? "nothing" : message.text();
    }

    /** What a subscriber held is taken out in turns, which go on when the publisher is closed. */
    @Test
    void nothingIsLeftOfASubscriberOfManyTopicsWhoseSocketsClose() {
        var publisher = bound(SocketType.XPUB);
        var subscriber = connected(SocketType.SUB);
        for (var i = 0; i < 5000; i++) {
            subscriber.subscribe(Zmtp.ascii("topic " + i));
        }
        Await.until("all are known", () -> publisher.statistics().subscriptions() == 5000);
        subscriber.closing().begin(0);
        publisher.closing().begin(0);
        Await.until("nothing is left", () -> publisher.statistics().subscriptions() == 0);
    }

    // ---- the binder goes

    @Test
    void whatAClosedBinderHasNotReceivedGoesToTheNext() {
        var first = bound(SocketType.PULL);
        var push = connected(SocketType.PUSH);
        send(push, "1", "2", "3");
        assertThat(first.tryReceive()).isEqualTo(Message.of("1"));
        first.close();
        send(push, "4");

        assertThat(receiveAll(bound(SocketType.PULL))).containsExactly("2", "3", "4");
        assertThat(push.statistics().dropped()).isEmpty();
    }

    @Test
    void requestThatAClosedBinderHasNotReceivedIsAnsweredByTheNext() throws InterruptedException {
        var first = bound(SocketType.REP);
        var req = connected(SocketType.REQ);
        send(req, "ask");
        first.close();
        var second = bound(SocketType.REP);

        assertThat(receive(second)).isEqualTo("ask");
        send(second, "answer");
        assertThat(receive(req)).isEqualTo("answer");
    }

    @Test
    void whatIsAddressedToAClosedBinderIsLostAndCounted() {
        var first = socket(SocketType.DEALER);
        first.set(Options.ROUTING_ID, Zmtp.ascii("first"));
        first.bind(HERE);
        var router = connected(SocketType.ROUTER);
        assertThat(router.trySend(Message.of("first", "1"))).isTrue();
        first.close();

        assertThat(receiveAll(bound(SocketType.DEALER))).isEmpty();
        assertThat(router.statistics().dropped()).containsExactly(entry(DropReason.UNSENT, 1L));
    }

    @Test
    void whatAClosedConnectorHasNotReceivedIsCountedByTheBinder() {
        var push = bound(SocketType.PUSH);
        var pull = connected(SocketType.PULL);
        send(push, "1", "2", "3");
        assertThat(pull.tryReceive()).isEqualTo(Message.of("1"));
        pull.close();

        assertThat(push.statistics().dropped()).containsExactly(entry(DropReason.UNSENT, 2L));
    }

    @Test
    void whatAnUnboundSocketHasGotStaysItsOwn() {
        var pull = bound(SocketType.PULL);
        var push = connected(SocketType.PUSH);
        send(push, "1", "2");
        pull.unbind(HERE);
        send(push, "3");

        assertThat(receiveAll(bound(SocketType.PULL))).containsExactly("3");
        assertThat(receiveAll(pull)).containsExactly("1", "2");
        assertThat(push.statistics().dropped()).isEmpty();
    }

    @Test
    void nothingIsLostWhileOneBinderAfterAnotherComesAndGoes() {
        var pushes = new ArrayList<SocketCore>();
        for (var i = 0; i < 5; i++) {
            pushes.add(connected(SocketType.PUSH));
        }
        var received = 0;
        for (var round = 0; round < 20; round++) {
            var pull = bound(SocketType.PULL);
            pushes.forEach(push -> send(push, "x"));
            for (var i = 0; i < 3 && pull.tryReceive() != null; i++) {
                received++;
            }
            assertThat(pull.statistics().peers()).isEqualTo(5);
            pull.close();
        }
        received += receiveAll(bound(SocketType.PULL)).size();

        assertThat(received).isEqualTo(100);
        pushes.forEach(push -> assertThat(push.statistics().peers()).isEqualTo(1));
    }

    // ---- refused

    @ParameterizedTest
    @CsvSource({"100, 0", "1, 0", "0, 0", "1, 1000"})
    void refusedPairComesBackWhenTheOtherHasLeft(int firstMs, int longestMs) throws InterruptedException {
        var pair = bound(SocketType.PAIR);
        var first = connectedPair(firstMs, longestMs);
        for (var round = 0; round < 10; round++) {
            var second = connectedPair(firstMs, longestMs);
            send(first, "first");
            assertThat(receive(pair)).isEqualTo("first");
            first.close();
            assertThat(second.send(Message.of("second"), Await.PATIENCE)).isTrue();
            assertThat(receive(pair)).as("round %d", round).isEqualTo("second");
            first = second;
        }
        assertThat(pair.statistics().peers()).isEqualTo(1);
    }

    @Test
    void whatARefusedPairSentMeanwhileArrivesInOrder() throws InterruptedException {
        var early = connectedPair(1, 0);
        var late = connectedPair(1, 0);
        send(late, "1", "2");
        var pair = bound(SocketType.PAIR);
        assertThat(late.send(Message.of("3"), Await.PATIENCE)).isTrue();
        Await.until("refused", () -> late.statistics().peers() == 0);
        assertThat(late.send(Message.of("4"), Await.PATIENCE)).isTrue();
        early.close();

        for (var text : List.of("1", "2", "3", "4")) {
            assertThat(receive(pair)).isEqualTo(text);
        }
        assertThat(late.statistics().dropped()).isEmpty();
    }

    @Test
    void refusedPairThatIsDisconnectedComesNoMore() throws InterruptedException {
        var pair = bound(SocketType.PAIR);
        var first = connectedPair(1, 0);
        send(first, "hello");
        assertThat(receive(pair)).isEqualTo("hello");
        var second = connectedPair(1, 0);
        second.disconnect(HERE);
        first.close();
        var third = connectedPair(1, 0);
        send(third, "third");

        assertThat(receive(pair)).isEqualTo("third");
        assertThat(second.statistics().peers()).isZero();
    }

    @Test
    void dealerWithANameInUseIsLetInWhenTheNameIsFree() throws InterruptedException {
        var router = bound(SocketType.ROUTER);
        var first = named(SocketType.DEALER, "me");
        send(first, "first");
        assertThat(router.receive(Await.PATIENCE)).isEqualTo(Message.of("me", "first"));
        var second = named(SocketType.DEALER, "me");
        send(second, "second");
        Await.until("refused", () -> second.statistics().peers() == 0);
        assertThat(router.tryReceive()).isNull();
        first.close();

        assertThat(router.receive(Await.PATIENCE)).isEqualTo(Message.of("me", "second"));
    }

    private SocketCore named(SocketType type, String id) {
        var socket = socket(type);
        socket.set(Options.ROUTING_ID, Zmtp.ascii(id));
        socket.set(Options.RECONNECT_INTERVAL, Duration.ofMillis(1));
        socket.set(Options.RECONNECT_INTERVAL_MAX, Duration.ZERO);
        socket.connect(HERE);
        return socket;
    }

    // ---- marks

    @Test
    void binderThatComesMakesRoomAtOnce() {
        var push = socket(SocketType.PUSH);
        push.set(Options.SEND_HWM, 2);
        push.connect(HERE);
        send(push, "1", "2");
        assertThat(push.trySend(Message.of("3"))).isFalse();
        var pull = socket(SocketType.PULL);
        pull.set(Options.RECEIVE_HWM, 1);
        pull.bind(HERE);

        send(push, "3");
        assertThat(push.trySend(Message.of("4"))).isFalse();
    }

    @Test
    void marksThatWereChangedHoldForTheNextBinderToo() {
        var push = socket(SocketType.PUSH);
        push.set(Options.SEND_HWM, 2);
        push.connect(HERE);
        bound(SocketType.PULL).close();
        push.set(Options.SEND_HWM, 4);
        bound(SocketType.PULL).close();

        send(push, "1", "2", "3", "4");
        assertThat(push.trySend(Message.of("5"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2147483647, 1000", "1000, 2147483647", "2147483647, 2147483647", "2147483647, 1"})
    void largestMarksAreNoObstacle(int send, int receive) {
        var pull = socket(SocketType.PULL);
        pull.set(Options.RECEIVE_HWM, receive);
        pull.bind(HERE);
        var push = socket(SocketType.PUSH);
        push.set(Options.SEND_HWM, send);
        push.connect(HERE);
        for (var i = 0; i < 3000; i++) {
            send(push, "x");
        }
        assertThat(receiveAll(pull)).hasSize(3000);
    }

    // ---- with oneself

    @Test
    void dealerMayTalkToItself() throws InterruptedException {
        var dealer = bound(SocketType.DEALER);
        dealer.connect(HERE);
        send(dealer, "1", "2");

        assertThat(receive(dealer)).isIn("1", "2");
        assertThat(receive(dealer)).isIn("1", "2");
        dealer.close();
    }

    @Test
    void pairTakesItsOwnEndForItsOnlyPeer() {
        var pair = bound(SocketType.PAIR);
        pair.connect(HERE);
        pair.disconnect(HERE);
        var other = connected(SocketType.PAIR);
        send(other, "hello");

        assertThat(receiveAll(pair)).containsExactly("hello");
    }
}
