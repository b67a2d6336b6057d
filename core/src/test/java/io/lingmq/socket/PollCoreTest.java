package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.ClosedException;
import io.lingmq.error.LingException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.support.ConnectionRecorder;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class PollCoreTest extends Polling {
    private static final long SHORT = Duration.ofMillis(10).toNanos();

    // ---- sockets

    @Test
    void writesWhatWasSentBeforeItWaits() throws InterruptedException {
        var dealer = socket(SocketType.DEALER);
        var connection = Wired.toPeer(dealer);
        dealer.trySend(Message.of("question"));
        connection.takeCalls();
        poller.add("dealer", dealer, READ, null);

        assertThat(poller.poll(0)).isEmpty();
        assertThat(connection.takeCalls()).as("it does not wait").doesNotContain("write");

        assertThat(poller.poll(Duration.ofMillis(20).toNanos())).isEmpty();
        assertThat(connection.takeCalls()).startsWith("write").containsOnlyOnce("write");
    }

    @Test
    void writesForManySocketsBeforeItWaits() throws InterruptedException {
        var connections = new ArrayList<ConnectionRecorder>();
        for (var i = 0; i < 20; i++) {
            var dealer = socket(SocketType.DEALER);
            connections.add(Wired.toPeer(dealer));
            dealer.trySend(Message.of("question"));
            poller.add("dealer " + i, dealer, READ, null);
        }
        connections.forEach(ConnectionRecorder::takeCalls);

        assertThat(poller.poll(Duration.ofMillis(20).toNanos())).isEmpty();
        assertThat(connections).allSatisfy(each -> assertThat(each.takeCalls()).contains("write"));
    }

    /** Else nobody would read: a poll that watches a channel too does not look into those of sockets. */
    @Test
    void channelThatAReceiverHadLookedIntoIsGivenBackBeforeASleep() throws InterruptedException, IOException {
        var dealer = socket(SocketType.DEALER);
        var connection = Wired.toPeer(dealer);
        var pipe = Pipe.open();
        try (var sink = pipe.sink();
                var source = pipe.source()) {
            source.configureBlocking(false);
            poller.add("dealer", dealer, READ, null);
            poller.add(source, READ, null);
            dealer.pipes().readInline();
            connection.takeCalls();

            assertThat(poller.poll(SHORT)).isEmpty();

            assertThat(connection.takeCalls()).contains("stop reading");
            assertThat(sink.isOpen()).isTrue();
        }
    }

    @Test
    void findsWhatIsReadyAlready() throws InterruptedException {
        push.connect("inproc://here");
        push.trySend(Message.of("x"));
        poller.add("pull", pull, READ, null);
        poller.add("push", push, WRITE, null);

        assertThat(poller.poll(0)).containsExactlyInAnyOrder(readable("pull"), writable("push"));
    }

    @Test
    void findsAgainWhatStaysReady() throws InterruptedException {
        push.connect("inproc://here");
        push.trySend(Message.of("x"));
        poller.add("pull", pull, READ, null);
        for (var i = 0; i < 3; i++) {
            assertThat(poller.poll(FOR_EVER)).containsExactly(readable("pull"));
        }
        pull.tryReceive();
        assertThat(poller.poll(0)).isEmpty();
    }

    @Test
    void waitsForAMessage() {
        push.connect("inproc://here");
        poller.add("pull", pull, READ, null);
        var polling = waiting();
        push.trySend(Message.of("x"));

        assertThat(polling.result()).containsExactly(readable("pull"));
    }

    @Test
    void waitsForAPeerToSendTo() {
        poller.add("push", push, WRITE, null);
        var polling = waiting();
        push.connect("inproc://here");

        assertThat(polling.result()).containsExactly(writable("push"));
    }

    @Test
    void waitsForRoom() {
        push.set(Options.SEND_HWM, 1);
        pull.set(Options.RECEIVE_HWM, 1);
        push.connect("inproc://here");
        push.trySend(Message.of("1"));
        push.trySend(Message.of("2"));
        poller.add("push", push, WRITE, null);
        var polling = waiting();
        pull.tryReceive();

        assertThat(polling.result()).containsExactly(writable("push"));
    }

    @Test
    void waitsNoLongerThanItIsTold() throws InterruptedException {
        poller.add("pull", pull, READ, null);
        var beganNs = System.nanoTime();

        assertThat(poller.poll(SHORT)).isEmpty();
        assertThat(System.nanoTime() - beganNs).isGreaterThanOrEqualTo(SHORT);
    }

    @Test
    void socketThatIsAddedWhileItWaitsCounts() {
        push.connect("inproc://here");
        push.trySend(Message.of("x"));
        var polling = waiting();
        poller.add("pull", pull, READ, null);

        assertThat(polling.result()).containsExactly(readable("pull"));
    }

    @Test
    void interestCanBeChanged() throws InterruptedException {
        var dealer = socket(SocketType.DEALER);
        dealer.bind("inproc://dealer");
        socket(SocketType.DEALER).connect("inproc://dealer");
        poller.add("dealer", dealer, READ, null);
        assertThat(poller.poll(0)).isEmpty();
        poller.add("dealer", dealer, WRITE, null);
        assertThat(poller.poll(0)).containsExactly(writable("dealer"));
        assertThat(poller.size()).isEqualTo(1);
    }

    @Test
    void removedSocketIsFoundNoLonger() throws InterruptedException {
        push.connect("inproc://here");
        poller.add("push", push, WRITE, null);
        poller.poll(0);
        poller.remove("push");
        poller.remove("never added");

        assertThat(poller.poll(0)).isEmpty();
        assertThat(poller.size()).isZero();
    }

    @Test
    void noMessageIsMissed() throws InterruptedException {
        push.connect("inproc://here");
        poller.add("pull", pull, READ, null);
        var sending = Background.run("sending", () -> {
            for (var i = 0; i < 20_000; i++) {
                push.send(Message.of("" + i));
            }
        });
        for (var received = 0; received < 20_000; ) {
            assertThat(poller.poll(Duration.ofSeconds(20).toNanos()))
                    .as("after %d", received)
                    .isNotEmpty();
            while (pull.tryReceive() != null) {
                received++;
            }
        }
        sending.result();
    }

    // ---- what another thread does with the socket

    @Test
    void nextRequestIsFoundWhenAnotherThreadHasReplied() throws InterruptedException {
        var rep = socket(SocketType.REP);
        rep.bind("inproc://rep");
        var first = socket(SocketType.REQ);
        var second = socket(SocketType.REQ);
        first.connect("inproc://rep");
        second.connect("inproc://rep");
        poller.add("rep", rep, READ, null);
        assertThat(poller.poll(0)).isEmpty();
        first.send(Message.of("1"));
        rep.receive();
        second.send(Message.of("2"));
        var polling = waiting();

        rep.send(Message.of("re 1"));

        assertThat(polling.result()).containsExactly(readable("rep"));
    }

    @Test
    void nextRequestCanBeSentWhenAnotherThreadHasReceivedTheReply() throws InterruptedException {
        var rep = socket(SocketType.REP);
        rep.bind("inproc://rep");
        var req = socket(SocketType.REQ);
        req.connect("inproc://rep");
        req.send(Message.of("1"));
        rep.receive();
        rep.send(Message.of("re 1"));
        poller.add("req", req, WRITE, null);
        var polling = waiting();

        req.receive();

        assertThat(polling.result()).containsExactly(writable("req"));
    }

    @Test
    void routerThatWaitsForRoomIsFound() throws InterruptedException {
        var router = socket(SocketType.ROUTER);
        router.set(Options.ROUTER_MANDATORY, true);
        router.set(Options.SEND_HWM, 1);
        router.bind("inproc://router");
        var dealer = socket(SocketType.DEALER);
        dealer.set(Options.RECEIVE_HWM, 1);
        dealer.set(Options.ROUTING_ID, new byte[] {'d'});
        dealer.connect("inproc://router");
        router.send(Message.of("d", "1"));
        router.send(Message.of("d", "2"));
        poller.add("router", router, WRITE, null);
        var polling = waiting();

        dealer.receive();

        assertThat(polling.result()).containsExactly(writable("router"));
    }

    // ---- the end

    @Test
    void interruptEndsWaiting() {
        poller.add("pull", pull, READ, null);
        var polling = waiting();
        polling.interrupt();

        assertThat(polling.failure(Await.PATIENCE)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void closingEndsWaiting() {
        poller.add("pull", pull, READ, null);
        var polling = waiting();
        poller.close();

        assertThat(polling.failure(Await.PATIENCE))
                .isInstanceOf(ClosedException.class)
                .hasMessageStartingWith("the poller is closed");
    }

    @Test
    void closedPollerTakesNothingIn() throws IOException {
        var channel = Pipe.open();
        try (var source = channel.source();
                var sink = channel.sink()) {
            source.configureBlocking(false);
            poller.close();

            assertThatThrownBy(() -> poller.add(source, READ, null)).isInstanceOf(ClosedException.class);
            assertThatThrownBy(() -> poller.add("pull", pull, READ, null)).isInstanceOf(ClosedException.class);
            assertThatThrownBy(() -> poller.poll(0)).isInstanceOf(ClosedException.class);
            assertThat(sink.isOpen()).isTrue();
        }
    }

    @Test
    void closingASocketEndsWaiting() {
        poller.add("pull", pull, READ, null);
        var polling = waiting();
        pull.close();

        assertThat(polling.failure(Await.PATIENCE))
                .isInstanceOf(ClosedException.class)
                .hasMessageStartingWith("the PULL socket is closed");
    }

    @Test
    void oneThreadAtATimeWaits() {
        poller.add("pull", pull, READ, null);
        var polling = waiting();

        assertThatThrownBy(() -> poller.poll(0))
                .isInstanceOf(LingException.class)
                .hasMessageStartingWith("another thread waits in this poller; give each its own");
        polling.interrupt();
        polling.failure(Await.PATIENCE);
    }

    @Test
    void timeThatWasOverLongAgoIsOver() {
        var longAgo = Settings.nanos(Duration.ofSeconds(Long.MIN_VALUE));
        assertThat(Background.call("polling", () -> poller.poll(longAgo)).result())
                .isEmpty();
        assertThat(Background.call("receiving", () -> pull.receive(Duration.ofSeconds(Long.MIN_VALUE)) == null)
                        .result())
                .isTrue();
    }
}
