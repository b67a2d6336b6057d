package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.error.ClosedException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayTest {
    private final ContextCore context = new ContextCore(1, "relay-test");
    private final SocketCore front = socket(SocketType.ROUTER);
    private final SocketCore back = socket(SocketType.DEALER);
    private final Relay relay = new Relay(front, back);
    private final SocketCore client = socket(SocketType.REQ);
    private final SocketCore server = socket(SocketType.REP);
    private final SocketCore source = socket(SocketType.PUSH);
    private final SocketCore pull = socket(SocketType.PULL);
    private final SocketCore push = socket(SocketType.PUSH);

    RelayTest() {
        front.bind("inproc://front");
        back.bind("inproc://back");
        client.connect("inproc://front");
        server.connect("inproc://back");
        pull.bind("inproc://pull");
        source.connect("inproc://pull");
    }

    @AfterEach
    void close() {
        relay.stop();
        context.close(Duration.ofSeconds(5));
    }

    private SocketCore socket(SocketType type) {
        return context.socket(type, Settings.defaults());
    }

    private Background<Boolean> running() {
        return Background.run("relay", relay::run);
    }

    private static Message receive(SocketCore socket) {
        return Background.call("receiving", () -> socket.receive()).result();
    }

    @Test
    void passesRequestsAndRepliesAndCountsThem() throws InterruptedException {
        running();
        for (var i = 0; i < 100; i++) {
            client.send(Message.of("ask"));
            assertThat(receive(server)).isEqualTo(Message.of("ask"));
            server.send(Message.of("reply"));
            assertThat(receive(client)).isEqualTo(Message.of("reply"));
        }
        Await.until("all are counted", () -> relay.fromBackend().messages() == 100);
        assertThat(relay.fromFrontend().messages()).isEqualTo(100);
        // A routing id of five bytes, an empty frame, the body.
        assertThat(relay.fromFrontend().bytes()).isEqualTo(100 * (5 + 3));
        assertThat(relay.fromBackend().bytes()).isEqualTo(100 * (5 + 5));
    }

    @Test
    void pausedRelayPassesNothingUntilItIsResumed() throws InterruptedException {
        relay.pause();
        running().awaitInside("awaitSignalAfter");
        client.send(Message.of("ask"));
        assertThat(server.receive(Duration.ofMillis(20))).isNull();

        relay.resume();

        assertThat(receive(server)).isEqualTo(Message.of("ask"));
    }

    @Test
    void whatGoesBothWaysIsWrittenBeforeTheRelayWaits() {
        var connection = Wired.toPeer(back);
        back.trySend(Message.of("to the peer that has a wire, or to the other"));
        back.trySend(Message.of("to the other"));
        connection.takeCalls();

        var running = running().awaitInside("awaitSignalAfter");
        relay.stop();
        assertThat(running.result()).isTrue();
        assertThat(connection.takeCalls()).contains("write");
    }

    @Test
    void stoppedRelayEnds() {
        var running = running().awaitInside("awaitSignalAfter");
        relay.stop();
        assertThat(running.result()).isTrue();

        relay.resume();
        assertThat(running().result()).as("it stays stopped").isTrue();
    }

    @Test
    void captureSeesEveryMessage() throws InterruptedException {
        var capture = socket(SocketType.PUSH);
        var spy = socket(SocketType.PULL);
        spy.bind("inproc://spy");
        capture.connect("inproc://spy");
        relay.capture(capture);
        running();
        client.send(Message.of("ask"));
        receive(server);
        server.send(Message.of("reply"));
        receive(client);

        assertThat(receive(spy).text(2)).isEqualTo("ask");
        assertThat(receive(spy).text(2)).isEqualTo("reply");
        assertThat(relay.captureDropped()).isZero();
    }

    @Test
    void captureThatCannotTakeItHoldsNothingUp() throws InterruptedException {
        relay.capture(socket(SocketType.PUSH)); // nobody listens
        running();
        client.send(Message.of("ask"));

        assertThat(receive(server)).isEqualTo(Message.of("ask"));
        assertThat(relay.captureDropped()).isEqualTo(1);
    }

    @Test
    void messageThatCannotGoOnIsHeldAndNoMoreIsRead() throws InterruptedException {
        var oneWay = new Relay(pull, push);
        for (var i = 0; i < 10; i++) {
            source.send(Message.of("" + i));
        }
        var running = Background.run("relay", oneWay::run).awaitInside("awaitSignalAfter");
        assertThat(oneWay.fromFrontend().messages()).isZero();

        oneWay.stop();
        running.result();
        for (var i = 0; i < 10; i++) {
            assertThat(pull.tryReceive())
                    .as("nothing was lost, and the order is kept")
                    .isEqualTo(Message.of("" + i));
        }
    }

    @Test
    void heldMessageGoesOnWhenItCan() throws InterruptedException {
        var oneWay = new Relay(pull, push);
        source.send(Message.of("x"));
        Background.run("relay", oneWay::run).awaitInside("awaitSignalAfter");
        var sink = socket(SocketType.PULL);
        sink.bind("inproc://sink");
        push.connect("inproc://sink");

        assertThat(receive(sink)).isEqualTo(Message.of("x"));
        oneWay.stop();
    }

    /** The sink takes some, the relay holds a batch, the rest has not been read. */
    @Test
    void whatItHoldsGoesBackInOrderWhenItEnds() throws InterruptedException {
        var sink = socket(SocketType.PULL);
        for (var i = 0; i < 100; i++) {
            source.send(Message.of("" + i));
        }
        push.set(Options.SEND_HWM, 1);
        sink.set(Options.RECEIVE_HWM, 1);
        sink.bind("inproc://sink");
        push.connect("inproc://sink");
        var oneWay = new Relay(pull, push);
        var running = Background.run("relay", oneWay::run).awaitInside("awaitSignalAfter");
        Await.until("the sink is full", () -> oneWay.fromFrontend().messages() == 2);
        oneWay.stop();
        running.result();

        for (var i = 0; i < 100; i++) {
            assertThat((i < 2 ? sink : pull).tryReceive()).isEqualTo(Message.of("" + i));
        }
    }

    @Test
    void messageWhoseAddresseeIsGoneHoldsNoOtherUp() throws InterruptedException {
        var router = socket(SocketType.ROUTER);
        var dealer = socket(SocketType.DEALER);
        router.set(Options.ROUTER_MANDATORY, true);
        dealer.set(Options.ROUTING_ID, "known".getBytes(StandardCharsets.US_ASCII));
        for (var to : new String[] {"gone", "known", "gone", "known"}) {
            source.send(Message.of(to, "x"));
        }
        router.bind("inproc://router");
        dealer.connect("inproc://router");
        var oneWay = new Relay(pull, router);
        Background.run("relay", oneWay::run);

        assertThat(receive(dealer)).isEqualTo(Message.of("x"));
        assertThat(receive(dealer)).isEqualTo(Message.of("x"));
        Await.until("all are counted", () -> oneWay.fromFrontend().messages() == 4);
        oneWay.stop();
    }

    @Test
    void closingASocketEndsTheRelay() {
        var running = running().awaitInside("awaitSignalAfter");
        back.close();

        assertThat(running.failure(Await.PATIENCE)).isInstanceOf(ClosedException.class);
    }

    @Test
    void interruptEndsTheRelay() {
        var running = running().awaitInside("awaitSignalAfter");
        running.interrupt();

        assertThat(running.failure(Await.PATIENCE)).isInstanceOf(InterruptedException.class);
    }

    /** What it passes on comes round to it again: there is something to move at all times. */
    @Test
    void interruptEndsABusyRelayToo() throws InterruptedException {
        push.connect("inproc://pull");
        var busy = new Relay(pull, push);
        push.send(Message.of("round and round"));
        var running = Background.run("relay", busy::run);
        Await.until("it goes round", () -> busy.fromFrontend().messages() > 10_000);
        running.interrupt();

        assertThat(running.failure(Await.PATIENCE)).isInstanceOf(InterruptedException.class);
    }
}
