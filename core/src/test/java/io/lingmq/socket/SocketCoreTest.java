package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.lingmq.engine.PeerInfo;
import io.lingmq.error.ClosedException;
import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.error.NotSupportedException;
import io.lingmq.error.OptionException;
import io.lingmq.error.TimedOutException;
import io.lingmq.error.UnroutableException;
import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.support.ConnectionRecorder;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.Dialect;
import io.lingmq.wire.Metadata;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketCoreTest {
    private static final Duration SHORT = Duration.ofMillis(20);

    private final ContextCore context = new ContextCore(1, "socket-core-test");

    @AfterEach
    void close() {
        context.close(Duration.ofSeconds(5));
    }

    private SocketCore socket(SocketType type) {
        return context.socket(type, Settings.defaults());
    }

    private SocketCore bound(SocketType type) {
        var socket = socket(type);
        socket.bind("inproc://here");
        return socket;
    }

    private SocketCore connected(SocketType type) {
        var socket = socket(type);
        socket.connect("inproc://here");
        return socket;
    }

    private static Message m(String text) {
        return Message.of(text);
    }

    // ---- before a wait

    /** Else nobody would read: neither the I/O thread, to which the selector tells nothing, nor this caller. */
    @Test
    void whoFindsNothingAndDoesNotLookAgainGivesTheChannelBack() {
        var socket = socket(SocketType.PULL);
        var connection = Wired.toPeer(socket);
        socket.pipes().readInline();
        assertThat(connection.takeCalls()).containsExactly("read");

        assertThat(socket.tryReceive()).isNull();
        assertThat(connection.takeCalls()).containsExactly("stop reading");
        assertThat(socket.tryReceive(new MessageBuffer())).isFalse();
        assertThat(connection.takeCalls()).containsExactly("stop reading");
    }

    @Test
    void whatWasSentIsWrittenBeforeItsSenderWaitsForTheAnswer() throws InterruptedException {
        var dealer = socket(SocketType.DEALER);
        var connection = Wired.toPeer(dealer);
        dealer.trySend(m("question"));
        connection.takeCalls();

        assertThat(dealer.receive(SHORT)).isNull();
        assertThat(connection.takeCalls()).startsWith("write", "read").containsOnlyOnce("write");

        assertThat(dealer.receive(SHORT)).isNull();
        assertThat(connection.takeCalls()).as("nothing new was sent").doesNotContain("write");
    }

    @Test
    void toHoweverManyPeers() throws InterruptedException {
        var dealer = socket(SocketType.DEALER);
        var connections = Stream.generate(() -> Wired.toPeer(dealer)).limit(60).toList();
        for (var i = 0; i < 3 * connections.size(); i++) {
            dealer.trySend(m("question"));
        }
        connections.forEach(ConnectionRecorder::takeCalls);

        assertThat(dealer.receive(SHORT)).isNull();
        assertThat(connections).allSatisfy(each -> assertThat(each.takeCalls()).containsOnlyOnce("write"));
    }

    @Test
    void aPublisherDoesNotWriteForItsSubscribers() {
        var xpub = socket(SocketType.XPUB);
        var pipe = xpub.pipes().newPipe(Settings.defaults());
        var connection = new ConnectionRecorder();
        xpub.pipes().attach(pipe);
        pipe.connectionIs(connection);
        pipe.send(m("news"));
        connection.takeCalls();

        xpub.pipes().flush();
        assertThat(connection.takeCalls()).isEmpty();
    }

    @Test
    void aPeerThatIsGoneIsNotAskedToWrite() throws InterruptedException {
        var dealer = socket(SocketType.DEALER);
        var pipe = dealer.pipes().newPipe(Settings.defaults());
        var connection = new ConnectionRecorder();
        dealer.pipes().attach(pipe);
        pipe.connectionIs(connection);
        dealer.trySend(m("question"));
        dealer.pipes().detach(pipe);
        connection.takeCalls();

        assertThat(dealer.receive(SHORT)).isNull();
        assertThat(connection.takeCalls()).isEmpty();
    }

    /** More than one write of a connection carries; that of {@link Wired} takes nothing. */
    private static final Message FAR = Message.of(new byte[240 * 1024]);

    @Test
    void whoIsFarAheadStaysForAMomentHoweverLongTheSocketMayLook() throws InterruptedException {
        assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
        var push = socket(SocketType.PUSH);
        var connection = Wired.toPeer(push);
        push.set(Options.SPIN_TIME, Options.FOREVER);

        push.send(FAR);
        assertThat(connection.takeCalls()).contains("write all in 100000 ns");

        assertThat(push.send(FAR, Duration.ZERO)).isTrue();
        assertThat(connection.takeCalls()).as("one who has no time").noneMatch(call -> call.startsWith("write all"));
    }

    @Test
    void whoMayNotLookDoesNotStay() throws InterruptedException {
        var push = socket(SocketType.PUSH);
        var connection = Wired.toPeer(push);
        push.set(Options.SPIN_TIME, Duration.ZERO);

        push.send(FAR);
        assertThat(connection.takeCalls()).noneMatch(call -> call.startsWith("write all"));
    }

    @Test
    void whoOnlyTriesDoesNotStayAndKeepsNoPeerThatIsGone() {
        var push = socket(SocketType.PUSH);
        var pipe = push.pipes().newPipe(Settings.defaults());
        var connection = Wired.toPeer(push, pipe);

        assertThat(push.trySend(FAR)).isTrue();
        assertThat(connection.takeCalls()).noneMatch(call -> call.startsWith("write all"));
        push.pipes().detach(pipe);
        assertThat(push.pipes().takeBacklogged()).isNull();
    }

    // ---- peers

    /** The endpoint is disconnected while the handshake is under way. */
    @Test
    void aPeerThatWasLetGoBeforeItsHandshakeIsCompleteHasNoPlace() {
        var router = socket(SocketType.ROUTER);
        router.set(Options.ROUTER_MANDATORY, true);
        var pipe = router.pipes().newPipe(Settings.defaults());
        router.pipes().attach(pipe);
        router.pipes().detach(pipe);
        router.pipes()
                .opened(
                        pipe,
                        new PeerInfo(SocketType.DEALER, Zmtp.ascii("name"), Dialect.ZMTP_3_1, Metadata.none()),
                        "an address",
                        () -> {});

        assertThatThrownBy(() -> router.trySend(Message.of("name", "m"))).isInstanceOf(UnroutableException.class);
    }

    // ---- waiting to receive

    @Test
    void receivesWhatIsThere() throws InterruptedException {
        var pull = bound(SocketType.PULL);
        var push = connected(SocketType.PUSH);
        push.send(m("1"));
        push.send(m("2"));
        push.send(m("3"));

        assertThat(pull.receive()).isEqualTo(m("1"));
        assertThat(pull.receive(SHORT)).isEqualTo(m("2"));
        assertThat(pull.tryReceive()).isEqualTo(m("3"));
        assertThat(pull.tryReceive()).isNull();
    }

    @Test
    void receiveWaitsForAMessage() throws InterruptedException {
        var pull = bound(SocketType.PULL);
        var waiting = Background.call("receiving", () -> pull.receive()).awaitInside("park");
        connected(SocketType.PUSH).send(m("at last"));

        assertThat(waiting.result()).isEqualTo(m("at last"));
    }

    @Test
    void receiveEndsWithItsTime() throws InterruptedException {
        var pull = bound(SocketType.PULL);
        var beganNs = System.nanoTime();

        assertThat(pull.receive(SHORT)).isNull();
        assertThat(System.nanoTime() - beganNs).isGreaterThanOrEqualTo(SHORT.toNanos());
        assertThat(pull.receive(Duration.ZERO)).isNull();
    }

    @Test
    void receiveWithoutATimeOfItsOwnObeysTheOption() {
        var pull = bound(SocketType.PULL);
        pull.set(Options.RECEIVE_TIMEOUT, SHORT);

        assertThatThrownBy(pull::receive)
                .isInstanceOf(TimedOutException.class)
                .hasMessageStartingWith("no message came within RECEIVE_TIMEOUT, 20ms");
    }

    @Test
    void interruptEndsReceivingAndNothingElse() throws InterruptedException {
        var pull = bound(SocketType.PULL);
        var push = connected(SocketType.PUSH);
        var waiting = Background.call("receiving", () -> pull.receive()).awaitInside("park");
        waiting.interrupt();

        assertThat(waiting.failure(Await.PATIENCE)).isInstanceOf(InterruptedException.class);
        push.send(m("after"));
        assertThat(pull.receive()).isEqualTo(m("after"));
    }

    @Test
    void closingEndsReceiving() {
        var pull = bound(SocketType.PULL);
        var waiting = Background.call("receiving", () -> pull.receive()).awaitInside("park");
        pull.close();

        assertThat(waiting.failure(Await.PATIENCE))
                .isInstanceOf(ClosedException.class)
                .hasMessageStartingWith("the PULL socket is closed");
    }

    // ---- waiting to send

    @Test
    void sendWaitsForAPeer() throws InterruptedException {
        var push = bound(SocketType.PUSH);
        var waiting = Background.run("sending", () -> push.send(m("x"))).awaitInside("park");
        var pull = connected(SocketType.PULL);

        assertThat(waiting.result()).isTrue();
        assertThat(pull.receive()).isEqualTo(m("x"));
    }

    @Test
    void sendWaitsForRoom() throws InterruptedException {
        var push = bound(SocketType.PUSH);
        var pull = connected(SocketType.PULL);
        push.set(Options.SEND_HWM, 1);
        pull.set(Options.RECEIVE_HWM, 1);
        push.send(m("1"));
        push.send(m("2"));
        assertThat(push.trySend(m("3"))).isFalse();
        var waiting = Background.run("sending", () -> push.send(m("3"))).awaitInside("park");
        assertThat(pull.receive()).isEqualTo(m("1"));

        waiting.result();
        assertThat(pull.receive()).isEqualTo(m("2"));
        assertThat(pull.receive()).isEqualTo(m("3"));
    }

    @Test
    void sendEndsWithItsTime() throws InterruptedException {
        var push = bound(SocketType.PUSH);

        assertThat(push.send(m("x"), SHORT)).isFalse();
        assertThat(push.trySend(m("x"))).isFalse();
    }

    @Test
    void sendWithoutATimeOfItsOwnObeysTheOptionAndSaysWhy() throws InterruptedException {
        var push = bound(SocketType.PUSH);
        push.set(Options.SEND_TIMEOUT, SHORT);
        assertThatThrownBy(() -> push.send(m("x")))
                .isInstanceOf(TimedOutException.class)
                .hasMessageStartingWith(
                        "the message could not be sent within SEND_TIMEOUT, 20ms: no peer is connected");

        push.set(Options.SEND_HWM, 1);
        connected(SocketType.PULL).set(Options.RECEIVE_HWM, 1);
        push.send(m("1"));
        push.send(m("2"));
        assertThatThrownBy(() -> push.send(m("3")))
                .isInstanceOf(TimedOutException.class)
                .hasMessageContaining(": all peers have reached their high-water mark");
    }

    @Test
    void sendToOnePeerSaysThatItIsThisOneThatIsFull() throws InterruptedException {
        var router = bound(SocketType.ROUTER);
        router.set(Options.SEND_TIMEOUT, SHORT);
        router.set(Options.ROUTER_MANDATORY, true);
        router.set(Options.SEND_HWM, 1);
        var dealer = connected(SocketType.DEALER);
        dealer.set(Options.RECEIVE_HWM, 1);
        dealer.send(m("hello"));
        var name = router.receive().bytes(0);
        var back = Message.of(name, new byte[1]);
        while (router.trySend(back)) {
            assertThat(router.statistics().sent()).isLessThan(10);
        }
        assertThatThrownBy(() -> router.send(back))
                .isInstanceOf(TimedOutException.class)
                .hasMessageContaining(": the peer that it is for has reached its high-water mark");
    }

    @Test
    void newMarkWakesAWaitingSender() throws InterruptedException {
        var push = bound(SocketType.PUSH);
        push.set(Options.SEND_HWM, 1);
        connected(SocketType.PULL).set(Options.RECEIVE_HWM, 1);
        push.send(m("1"));
        push.send(m("2"));
        var waiting = Background.run("sending", () -> push.send(m("3"))).awaitInside("park");

        push.set(Options.SEND_HWM, 5);

        assertThat(waiting.result()).isTrue();
    }

    @Test
    void interruptEndsSendingAndNothingWasSent() throws InterruptedException {
        var push = bound(SocketType.PUSH);
        var waiting =
                Background.run("sending", () -> push.send(m("interrupted"))).awaitInside("park");
        waiting.interrupt();
        assertThat(waiting.failure(Await.PATIENCE)).isInstanceOf(InterruptedException.class);

        var pull = connected(SocketType.PULL);
        push.send(m("after"));
        assertThat(pull.receive()).isEqualTo(m("after"));
    }

    @Test
    void closingTheContextEndsSending() {
        var push = bound(SocketType.PUSH);
        var waiting = Background.run("sending", () -> push.send(m("x"))).awaitInside("park");
        context.close(Duration.ZERO);

        assertThat(waiting.failure(Await.PATIENCE))
                .isInstanceOf(ClosedException.class)
                .hasMessageStartingWith("the PUSH socket is closed, with its context");
    }

    // ---- closed

    @Test
    void closedSocketRefusesEverything() {
        var pair = bound(SocketType.PAIR);
        pair.close();
        pair.close();

        var calls = List.<ThrowingCallable>of(
                () -> pair.send(m("x")),
                () -> pair.trySend(m("x")),
                pair::receive,
                pair::tryReceive,
                pair::canSend,
                pair::canReceive,
                () -> pair.bind("inproc://x"),
                () -> pair.connect("inproc://x"),
                () -> pair.unbind("inproc://x"),
                () -> pair.disconnect("inproc://x"),
                () -> pair.set(Options.SEND_HWM, 1),
                () -> pair.monitor(event -> {}, Runnable::run));
        for (var call : calls) {
            assertThatThrownBy(call)
                    .isInstanceOf(ClosedException.class)
                    .hasMessageStartingWith("the PAIR socket is closed");
        }
        assertThat(pair).hasToString("PAIR#1 (closed, 0 peers)");
    }

    @Test
    void closedContextRefusesNewSockets() {
        context.close(Duration.ZERO);

        assertThatThrownBy(() -> socket(SocketType.PAIR))
                .isInstanceOf(ClosedException.class)
                .hasMessageStartingWith("the context is closed; open another one for new sockets");
    }

    // ---- what a type cannot do

    @Test
    void typeThatOnlySendsRefusesToReceive() {
        var push = bound(SocketType.PUSH);

        assertThatThrownBy(push::receive).isInstanceOf(NotSupportedException.class);
        assertThatThrownBy(push::receiveAsync)
                .isInstanceOf(NotSupportedException.class)
                .hasMessageStartingWith("a PUSH socket only sends; receive on the peer's socket type instead");
        assertThatThrownBy(() -> push.async().publisher()).isInstanceOf(NotSupportedException.class);
    }

    @Test
    void typeWithoutSubscriptionsRefusesThem() {
        var pull = bound(SocketType.PULL);

        assertThatThrownBy(() -> pull.subscribe(new byte[0]))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageStartingWith("a PULL socket has no subscriptions; use SUB or XSUB");
    }

    @Test
    void typeRefusesOptionsOfOthers() {
        assertThatThrownBy(() -> bound(SocketType.PULL).set(Options.REQ_RELAXED, true))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith("option req-relaxed has no meaning on a PULL socket; it is for [REQ]");
    }

    @Test
    void optionIsThereOnceItIsSet() {
        var pull = bound(SocketType.PULL);
        assertThat(pull.get(Options.RECEIVE_HWM)).isEqualTo(1000);
        pull.set(Options.RECEIVE_HWM, 7);

        assertThat(pull.get(Options.RECEIVE_HWM)).isEqualTo(7);
        assertThatThrownBy(() -> pull.set(Options.RECEIVE_HWM, -1)).isInstanceOf(OptionException.class);
        assertThat(pull.get(Options.RECEIVE_HWM)).isEqualTo(7);
    }

    // ---- endpoints

    @Test
    void lastEndpointIsTheRealOne() {
        var pull = socket(SocketType.PULL);
        assertThat(pull.lastEndpoint()).isEmpty();
        assertThat(pull.bind("tcp://127.0.0.1:*"))
                .matches("tcp://127\\.0\\.0\\.1:\\d+")
                .isEqualTo(pull.lastEndpoint());
        assertThat(pull.connect("inproc://there")).isEqualTo("inproc://there").isEqualTo(pull.lastEndpoint());
    }

    @Test
    void endpointIsEndedUnderTheNameItWasGiven() {
        var pull = socket(SocketType.PULL);
        pull.bind("inproc://a");
        pull.connect("inproc://b");

        assertThatThrownBy(() -> pull.unbind("inproc://b"))
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith("the socket is not bound to 'inproc://b'; it is bound to inproc://a")
                .satisfies(e -> assertThat(((EndpointException) e).code()).isEqualTo(ErrorCode.NOT_FOUND));
        assertThatThrownBy(() -> pull.disconnect("inproc://a"))
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith("the socket is not connected to 'inproc://a'; it is connected to inproc://b");
        assertThatCode(() -> pull.unbind("inproc://a")).doesNotThrowAnyException();
        assertThatCode(() -> pull.disconnect("inproc://b")).doesNotThrowAnyException();
        assertThatThrownBy(() -> pull.unbind("inproc://a"))
                .isInstanceOf(EndpointException.class)
                .hasMessageStartingWith("the socket is not bound to 'inproc://a'; it is bound to nothing");
    }

    @Test
    void statisticsCountMessagesAndPeers() throws InterruptedException {
        var pull = bound(SocketType.PULL);
        var push = connected(SocketType.PUSH);
        push.send(m("1"));
        push.send(m("2"));
        pull.receive();

        assertThat(push.statistics().sent()).isEqualTo(2);
        assertThat(push.statistics().peers()).isEqualTo(1);
        assertThat(pull.statistics().received()).isEqualTo(1);
        assertThat(pull.statistics().dropped()).isEmpty();
        push.close();
        assertThat(pull.statistics().peers()).isZero();
    }
}
