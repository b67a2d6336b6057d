package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ClosedException;
import io.lingmq.error.NotSupportedException;
import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    void stepPassesOnWhatThereIsAndNeedsNoThread() throws InterruptedException {
        assertThat(relay.step()).as("there is nothing yet").isFalse();
        client.send(Message.of("ask"));
        assertThat(relay.step()).isTrue();
        assertThat(server.tryReceive()).isEqualTo(Message.of("ask"));
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
        Await.until(
                "all are counted",
                () -> oneWay.fromFrontend().messages() == 2
                        && oneWay.fromFrontend().dropped() == 2);
        assertThat(router.statistics().dropped()).containsEntry(DropReason.NO_ROUTE, 2L);
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

    @Test
    void messagesThatARouterCannotAddressAreDroppedAndCounted() throws InterruptedException {
        running();
        var worker = socket(SocketType.DEALER);
        worker.connect("inproc://back");
        worker.send(Message.of("one frame"));
        worker.send(Message.of("", "empty name"));
        worker.send(Message.of("x".repeat(300), "long name"));
        client.send(Message.of("ask"));
        var request = tryReceive(worker, server);
        assertThat(request).isNotNull();

        Await.until("all are counted", () -> relay.fromBackend().dropped() == 3);
        assertThat(relay.fromBackend().droppedBytes()).isEqualTo(9 + 10 + 309);
        assertThat(front.statistics().dropped()).isEqualTo(Map.of(DropReason.NOT_ADDRESSED, 3L));
        if (request.frameCount() > 1) {
            worker.send(request.reply("reply"));
        } else {
            server.send(Message.of("reply"));
        }
        assertThat(receive(client)).as("it goes on").isEqualTo(Message.of("reply"));
    }

    /** Whichever of the two the request went to. */
    private static Message tryReceive(SocketCore one, SocketCore other) {
        var found = new AtomicReference<Message>();
        Await.until("one of them has it", () -> {
            var message = one.tryReceive();
            found.set(message != null ? message : other.tryReceive());
            return found.get() != null;
        });
        return found.get();
    }

    @Test
    void requestsAndRepliesPassOneByOne() throws InterruptedException {
        var rep = socket(SocketType.REP);
        var req = socket(SocketType.REQ);
        rep.bind("inproc://requests");
        req.bind("inproc://replies");
        var clients = new SocketCore[] {socket(SocketType.REQ), socket(SocketType.REQ)};
        var worker = socket(SocketType.REP);
        worker.connect("inproc://replies");
        var lockstep = new Relay(rep, req);
        var running = Background.run("relay", lockstep::run);
        for (var each : clients) {
            each.connect("inproc://requests");
        }
        for (var i = 0; i < 20; i++) {
            for (var each : clients) {
                each.send(Message.of("ask " + i));
            }
            for (var answered = 0; answered < clients.length; answered++) {
                assertThat(receive(worker)).isEqualTo(Message.of("ask " + i));
                assertThat(rep.canReceive()).as("the next one waits its turn").isFalse();
                worker.send(Message.of("reply " + i));
            }
            for (var each : clients) {
                assertThat(receive(each)).isEqualTo(Message.of("reply " + i));
            }
        }
        Await.until("all are counted", () -> lockstep.fromBackend().messages() == 40);
        assertThat(lockstep.fromFrontend().messages()).isEqualTo(40);
        lockstep.stop();
        assertThat(running.result()).isTrue();
    }

    @Test
    void requestsPassFromTheBackendTooIfThatIsTheRep() throws InterruptedException {
        var rep = socket(SocketType.REP);
        var req = socket(SocketType.REQ);
        rep.bind("inproc://requests");
        req.bind("inproc://replies");
        var worker = socket(SocketType.REP);
        worker.connect("inproc://replies");
        client.connect("inproc://requests");
        client.disconnect("inproc://front");
        var lockstep = new Relay(req, rep);
        Background.run("relay", lockstep::run);
        for (var i = 0; i < 3; i++) {
            client.send(Message.of("ask"));
            assertThat(receive(worker)).isEqualTo(Message.of("ask"));
            worker.send(Message.of("reply"));
            assertThat(receive(client)).isEqualTo(Message.of("reply"));
        }
        lockstep.stop();
    }

    @ParameterizedTest
    @EnumSource(
            value = SocketType.class,
            names = {"REP", "ROUTER", "PAIR", "DEALER"})
    void oneSocketOnBothSidesAnswersWhatItReceives(SocketType type) throws InterruptedException {
        var echo = socket(type);
        echo.bind("inproc://echo");
        var caller =
                socket(type == SocketType.REP ? SocketType.REQ : type == SocketType.PAIR ? type : SocketType.DEALER);
        caller.connect("inproc://echo");
        var mirror = new Relay(echo, echo);
        var running = Background.run("relay", mirror::run);
        for (var i = 0; i < 10; i++) {
            caller.send(Message.of("call " + i));
            assertThat(receive(caller)).isEqualTo(Message.of("call " + i));
        }
        mirror.stop();
        assertThat(running.result()).isTrue();
    }

    /** The request is held, since its addressee is full; the REP then takes it back. */
    @Test
    void heldRequestGoesBackToARepThatIsThenInItsOldState() throws InterruptedException {
        var rep = socket(SocketType.REP);
        rep.bind("inproc://requests");
        var asker = socket(SocketType.REQ);
        asker.connect("inproc://requests");
        var router = socket(SocketType.ROUTER);
        router.set(Options.ROUTER_MANDATORY, true);
        router.set(Options.SEND_HWM, 1);
        router.bind("inproc://router");
        var full = dealer("full");
        dealer("free");
        while (router.trySend(Message.of("full", "x"))) {
            // until it is
        }
        var relayed = new Relay(rep, router);
        var running = Background.run("relay", relayed::run);
        asker.send(Message.of("full", "ask"));
        Await.until("it is in the relay's hand", () -> rep.statistics().received() == 1);
        relayed.stop();
        running.result();

        assertThat(rep.canSend()).as("it owes no reply").isFalse();
        assertThat(rep.statistics().received()).isZero();
        assertThat(rep.tryReceive()).isEqualTo(Message.of("full", "ask"));
        rep.send(Message.of("reply"));
        assertThat(receive(asker)).isEqualTo(Message.of("reply"));
        assertThat(full.tryReceive()).isEqualTo(Message.of("x"));
    }

    private SocketCore dealer(String name) {
        var dealer = socket(SocketType.DEALER);
        dealer.set(Options.ROUTING_ID, name.getBytes(StandardCharsets.US_ASCII));
        dealer.set(Options.RECEIVE_HWM, 1);
        dealer.connect("inproc://router");
        return dealer;
    }

    /** It is held, since its addressee is full. */
    @Test
    void whatIsHeldOfASocketThatIsClosedIsCounted() throws InterruptedException {
        var router = socket(SocketType.ROUTER);
        router.set(Options.ROUTER_MANDATORY, true);
        router.set(Options.SEND_HWM, 1);
        router.bind("inproc://router");
        dealer("full");
        dealer("free");
        while (router.trySend(Message.of("full", "x"))) {
            // until it is
        }
        source.send(Message.of("full", "held"));
        var oneWay = new Relay(pull, router);
        var running = Background.run("relay", oneWay::run);
        Await.until("it is in the relay's hand", () -> pull.statistics().received() == 1);
        pull.close();

        assertThat(running.failure(Await.PATIENCE)).isInstanceOf(ClosedException.class);
        assertThat(oneWay.fromFrontend().dropped()).isEqualTo(1);
    }

    @Test
    void captureThatCannotAddressItHoldsNothingUp() throws InterruptedException {
        relay.capture(socket(SocketType.ROUTER));
        running();
        var worker = socket(SocketType.DEALER);
        worker.connect("inproc://back");
        worker.send(Message.of("one frame"));

        Await.until("the copy is counted", () -> relay.captureDropped() == 1);
        Await.until("and so is the message", () -> relay.fromBackend().dropped() == 1);
    }

    @Test
    void closedCaptureHoldsNothingUp() throws InterruptedException {
        var capture = socket(SocketType.PUSH);
        relay.capture(capture);
        capture.close();
        running();
        client.send(Message.of("ask"));

        assertThat(receive(server)).isEqualTo(Message.of("ask"));
        assertThat(relay.captureDropped()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = SocketType.class,
            names = {"SUB", "PULL", "REQ", "REP"})
    void captureMustBeAbleToSendAllTheTime(SocketType type) {
        assertThatThrownBy(() -> relay.capture(socket(type)))
                .isInstanceOf(NotSupportedException.class)
                .hasMessageStartingWith("a " + type + " socket cannot send copies of all messages");
    }

    @Test
    void oneThreadAtATimeRunsIt() {
        var running = running().awaitInside("awaitSignalAfter");
        assertThatThrownBy(relay::run).hasMessageStartingWith("another thread runs this proxy already");

        relay.stop();
        relay.awaitEnd();
        Await.until("its thread has left", running::isDone);
    }

    @Test
    void closingASocketEndsAPausedRelay() {
        relay.pause();
        var running = running().awaitInside("awaitSignalAfter");
        back.close();

        assertThat(running.failure(Await.PATIENCE)).isInstanceOf(ClosedException.class);
    }

    @Test
    void closingTheSideThatIsReadEndsARelayWhoseOtherSideTakesNothing() {
        var running = Background.run("relay", new Relay(pull, push)::run).awaitInside("awaitSignalAfter");
        pull.close();

        assertThat(running.failure(Await.PATIENCE)).isInstanceOf(ClosedException.class);
    }

    /** A relay that holds a request waits for a signal, and would wake itself. */
    @Test
    void requestThatCannotBeSentSignalsNothing() {
        var req = socket(SocketType.REQ);
        var signals = new AtomicInteger();
        req.pipes().observe(signals::incrementAndGet);
        var held = Batch.ofOne();
        held.add(Message.of("ask"), null);
        req.trySend(held);

        assertThat(held.size()).isEqualTo(1);
        assertThat(signals).hasValue(0);
    }
}
