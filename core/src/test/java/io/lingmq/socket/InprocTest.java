package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.event.DropReason;
import io.lingmq.event.SocketEvent;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Recorder;
import io.lingmq.testkit.Zmtp;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Sockets of one context, joined in memory. */
class InprocTest extends InprocSockets {
    private static Message m(String text) {
        return Message.of(text);
    }

    // ---- meeting

    @Test
    void connectMayComeFirst() {
        var push = connected(SocketType.PUSH);
        assertThat(push.trySend(m("early"))).isTrue();
        assertThat(push.statistics().peers()).isZero();
        var pull = bound(SocketType.PULL);

        assertThat(push.statistics().peers()).isEqualTo(1);
        assertThat(receiveAll(pull)).containsExactly("early");
    }

    @Test
    void manyMayConnect() {
        var first = connected(SocketType.PUSH);
        var pull = bound(SocketType.PULL);
        var second = connected(SocketType.PUSH);
        first.trySend(m("1"));
        second.trySend(m("2"));

        assertThat(receiveAll(pull)).containsExactlyInAnyOrder("1", "2");
        assertThat(pull.statistics().peers()).isEqualTo(2);
    }

    @Test
    void oneSocketMayHaveSeveralNames() {
        var pull = bound(SocketType.PULL);
        pull.bind("inproc://there");
        connected(SocketType.PUSH).trySend(m("1"));
        var other = socket(SocketType.PUSH);
        other.connect("inproc://there");
        other.trySend(m("2"));

        assertThat(receiveAll(pull)).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void nameIsForOneSocketOfTheContext() {
        bound(SocketType.PULL);

        assertThatThrownBy(() -> bound(SocketType.PULL))
                .isInstanceOf(EndpointException.class)
                .satisfies(e -> assertThat(((EndpointException) e).code()).isEqualTo(ErrorCode.ADDRESS_IN_USE));
    }

    @Test
    void contextsDoNotSeeEachOthersNames() {
        bound(SocketType.PULL);
        var other = new ContextCore(1, "other");
        try {
            assertThat(other.socket(SocketType.PULL, Settings.defaults()).bind(HERE))
                    .isEqualTo(HERE);
        } finally {
            other.close(Duration.ZERO);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STREAM")
    void typesThatDoNotMatchAreRefused(SocketType binding) {
        bound(binding);
        for (var connecting : SocketType.values()) {
            if (connecting.accepts(binding) || connecting.isRaw()) {
                continue;
            }
            assertThatThrownBy(() -> connected(connecting))
                    .isInstanceOf(EndpointException.class)
                    .hasMessageStartingWith("cannot connect to " + HERE + ": a " + connecting
                            + " socket cannot talk to the " + binding + " socket bound there")
                    .satisfies(e ->
                            assertThat(((EndpointException) e).code()).isEqualTo(ErrorCode.INCOMPATIBLE_TRANSPORT));
        }
    }

    @Test
    void typesThatDoNotMatchBecomeAnEventIfTheBindComesLater() {
        var pub = connected(SocketType.PUB);
        var events = new Recorder<SocketEvent>();
        pub.monitor(events, Runnable::run);
        bound(SocketType.PULL);

        assertThat(events.await(SocketEvent.HandshakeFailed.class).reason())
                .isEqualTo("a PUB socket cannot talk to a PULL socket");
        assertThat(pub.statistics().peers()).isZero();
    }

    // ---- parting

    @Test
    void connectorGoesOnToTheNextBinderOfTheName() {
        var first = bound(SocketType.PULL);
        var push = connected(SocketType.PUSH);
        first.close();
        push.trySend(m("meanwhile"));
        var second = bound(SocketType.PULL);
        push.trySend(m("after"));

        assertThat(receiveAll(second)).containsExactly("meanwhile", "after");
    }

    @Test
    void connectorThatMetTheWrongTypeGoesOnToTheNextBinder() {
        var push = connected(SocketType.PUSH);
        bound(SocketType.PUB).close();
        push.trySend(m("x"));
        var pull = bound(SocketType.PULL);

        assertThat(receiveAll(pull)).containsExactly("x");
    }

    @Test
    void unboundNameIsFree() {
        var pull = bound(SocketType.PULL);
        pull.unbind(HERE);

        assertThat(bound(SocketType.PULL).lastEndpoint()).isEqualTo(HERE);
    }

    @Test
    void whatWasSentBeforeTheConnectorClosedIsStillReceived() {
        var pull = bound(SocketType.PULL);
        var push = connected(SocketType.PUSH);
        push.trySend(m("1"));
        push.trySend(m("2"));
        push.close();

        assertThat(receiveAll(pull)).containsExactly("1", "2");
    }

    @Test
    void disconnectedSocketSendsNothingMore() {
        var pull = bound(SocketType.PULL);
        var push = connected(SocketType.PUSH);
        push.trySend(m("before"));
        push.disconnect(HERE);

        assertThat(push.trySend(m("after"))).isFalse();
        assertThat(receiveAll(pull)).containsExactly("before");
    }

    @Test
    void messagesForABinderThatNeverCameAreCounted() {
        var push = connected(SocketType.PUSH);
        push.set(Options.LINGER, Duration.ZERO);
        push.trySend(m("1"));
        push.trySend(m("2"));
        push.disconnect(HERE);

        assertThat(push.statistics().dropped()).containsExactly(entry(DropReason.UNSENT, 2L));
    }

    @Test
    void subscriptionsForABinderThatNeverCameAreNotCounted() {
        var sub = connected(SocketType.SUB);
        sub.subscribe(new byte[0]);
        sub.close();

        assertThat(context.close(Duration.ofSeconds(5)).lost())
                .as("lost messages")
                .isZero();
    }

    @Test
    void waitingConnectorMayClose() {
        connected(SocketType.PUSH).close();
        var pull = bound(SocketType.PULL);

        assertThat(pull.statistics().peers()).isZero();
    }

    // ---- as on the wire

    @ParameterizedTest
    @CsvSource({"2, 3, 5", "1, 1, 2", "0, 3, 5000", "3, 0, 5000"})
    void highWaterMarkIsThatOfBothSides(int send, int receive, int expected) {
        var pull = socket(SocketType.PULL);
        pull.set(Options.RECEIVE_HWM, receive);
        pull.bind(HERE);
        var push = socket(SocketType.PUSH);
        push.set(Options.SEND_HWM, send);
        push.connect(HERE);

        assertThat(sendMany(push)).isEqualTo(expected);
    }

    private static int sendMany(SocketCore socket) {
        var count = 0;
        while (count < 5000 && socket.trySend(m("x"))) {
            count++;
        }
        return count;
    }

    @Test
    void routersLearnRoutingIds() throws InterruptedException {
        var router = bound(SocketType.ROUTER);
        var dealer = socket(SocketType.DEALER);
        dealer.set(Options.ROUTING_ID, Zmtp.ascii("me"));
        dealer.connect(HERE);
        dealer.send(m("hello"));

        assertThat(router.receive()).isEqualTo(Message.of("me", "hello"));
        router.send(Message.of("me", "welcome"));
        assertThat(dealer.receive()).isEqualTo(m("welcome"));
    }

    @Test
    void connectingRouterCanChooseAName() throws InterruptedException {
        var router = socket(SocketType.ROUTER);
        router.set(Options.CONNECT_ROUTING_ID, Zmtp.ascii("chosen"));
        router.connect(HERE);
        assertThat(router.get(Options.CONNECT_ROUTING_ID))
                .as("it is for one connect")
                .isEmpty();
        router.send(Message.of("chosen", "early"));
        var dealer = bound(SocketType.DEALER);

        assertThat(dealer.receive()).isEqualTo(m("early"));
    }

    @Test
    void subscriptionsPassWhateverCameFirst() throws InterruptedException {
        var early = socket(SocketType.SUB);
        early.subscribe(Zmtp.ascii("a"));
        early.connect(HERE);
        var pub = bound(SocketType.PUB);
        var late = connected(SocketType.SUB);
        late.subscribe(Zmtp.ascii("b"));
        assertThat(pub.statistics().subscriptions()).isEqualTo(2);
        pub.send(m("a"));
        pub.send(m("b"));
        pub.send(m("c"));

        assertThat(receiveAll(early)).containsExactly("a");
        assertThat(receiveAll(late)).containsExactly("b");
        early.unsubscribe(Zmtp.ascii("a"));
        assertThat(pub.statistics().subscriptions()).isEqualTo(1);
    }

    @Test
    void subscriptionsAreToldToTheNextPublisher() throws InterruptedException {
        var first = bound(SocketType.PUB);
        var sub = connected(SocketType.SUB);
        sub.subscribe(Zmtp.ascii("a"));
        first.close();
        var second = bound(SocketType.PUB);
        second.send(m("a"));

        assertThat(receiveAll(sub)).containsExactly("a");
    }

    @Test
    void xpubSeesSubscriptionsAsMessages() throws InterruptedException {
        var xpub = bound(SocketType.XPUB);
        var xsub = connected(SocketType.XSUB);
        xsub.send(Message.of("\1a"));
        xsub.send(Message.of("hello"));

        assertThat(receiveAll(xpub)).containsExactly("\1a", "hello");
        xsub.close();
        assertThat(receiveAll(xpub)).containsExactly("\0a");
    }

    @Test
    void conflatingSocketKeepsTheNewest() {
        var pull = socket(SocketType.PULL);
        pull.set(Options.CONFLATE, true);
        pull.connect(HERE);
        var push = bound(SocketType.PUSH);
        for (var i = 0; i < 100; i++) {
            assertThat(push.trySend(m("" + i))).isTrue();
        }
        assertThat(receiveAll(pull)).containsExactly("99");
    }

    @Test
    void conflatingBinderKeepsTheNewestToo() {
        var pull = socket(SocketType.PULL);
        pull.set(Options.CONFLATE, true);
        pull.bind(HERE);
        var push = connected(SocketType.PUSH);
        for (var i = 0; i < 100; i++) {
            push.trySend(m("" + i));
        }
        assertThat(receiveAll(pull)).containsExactly("99");
    }

    @Test
    void pairTalksToItsFirstPeerOnly() {
        var pair = bound(SocketType.PAIR);
        var first = connected(SocketType.PAIR);
        var second = connected(SocketType.PAIR);
        second.trySend(m("let me in"));
        first.trySend(m("hello"));

        assertThat(receiveAll(pair)).containsExactly("hello");
        pair.trySend(m("1"));
        pair.trySend(m("2"));
        assertThat(receiveAll(first)).containsExactly("1", "2");
        assertThat(receiveAll(second)).isEmpty();
    }

    @Test
    void requestAndReply() throws InterruptedException {
        var rep = bound(SocketType.REP);
        var req = connected(SocketType.REQ);
        for (var i = 0; i < 10; i++) {
            req.send(m("ask " + i));
            assertThat(rep.receive()).isEqualTo(m("ask " + i));
            rep.send(m("answer " + i));
            assertThat(req.receive()).isEqualTo(m("answer " + i));
        }
    }
}
