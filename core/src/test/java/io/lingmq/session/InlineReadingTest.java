package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.Context;
import io.lingmq.Interest;
import io.lingmq.Socket;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.ScriptedPeer;
import io.lingmq.testkit.Zmtp;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A channel that a receiver reads inline is never left alone. */
class InlineReadingTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Context context = Context.open();

    @AfterEach
    void close() {
        context.close(Duration.ZERO);
    }

    private static String bound(Socket socket) {
        // So long that the receivers of these tests always look, and own the channel whenever they wait.
        socket.set(Options.SPIN_TIME, LONG);
        return socket.bind("tcp://127.0.0.1:*");
    }

    @Test
    void receiverReadsForItself() throws InterruptedException {
        var pull = context.pull();
        var endpoint = bound(pull);
        try (var peer = ScriptedPeer.connect(endpoint).open("PUSH")) {
            for (var i = 0; i < 1000; i++) {
                peer.send(Zmtp.message("m" + i));
                assertThat(pull.receive().text()).isEqualTo("m" + i);
            }
        }
    }

    @Test
    void commandsAreAnsweredWhileTheReceiverIsAway() throws InterruptedException {
        var pull = context.pull();
        var endpoint = bound(pull);
        try (var peer = ScriptedPeer.connect(endpoint).open("PUSH")) {
            for (var i = 0; i < 20; i++) {
                peer.send(Zmtp.message("m"));
                pull.receive();
                peer.send(Zmtp.ping(0, "" + i)).expect(Zmtp.pong("" + i));
            }
        }
    }

    @Test
    void commandsAreAnsweredByAReceiverThatLooks() {
        var pull = context.pull();
        var endpoint = bound(pull);
        var receiving = Background.call("receiving", pull::receive).awaitInside("looksFor");
        try (var peer = ScriptedPeer.connect(endpoint).open("PUSH")) {
            for (var i = 0; i < 20; i++) {
                peer.send(Zmtp.ping(0, "" + i)).expect(Zmtp.pong("" + i));
            }
            peer.send(Zmtp.message("at last"));
            assertThat(receiving.result().text()).isEqualTo("at last");
        }
    }

    @Test
    void whatComesWhileTheReceiverIsAwayIsReadAhead() throws InterruptedException {
        var pull = context.pull();
        var endpoint = bound(pull);
        try (var peer = ScriptedPeer.connect(endpoint).open("PUSH")) {
            peer.send(Zmtp.message("first"));
            pull.receive();
            peer.send(Zmtp.message("second"));
            try (var poller = context.poller()) {
                poller.add(pull, Interest.READ);
                assertThat(poller.poll(LONG)).hasSize(1);
            }
            assertThat(pull.receive().text()).isEqualTo("second");
        }
    }

    /** Then the selector has nothing to tell, and the I/O thread would be woken in vain by each message. */
    @Test
    void whoReadsBeforeTheIoThreadRunsOwnsTheChannelToo() {
        try (var at = new OpenConnection(SocketType.PULL, "PUSH", Settings.defaults())) {
            var goesOn = at.stopReactor();
            for (var i = 0; i < 4; i++) {
                at.peer.send(Zmtp.message("m"));
                Await.until("a message came", at.pipe::readInline);
                assertThat(at.pipe.receive()).isNotNull();
            }
            var hasRead = new CompletableFuture<Boolean>();
            at.reactor.post(() -> {
                at.peer.send(Zmtp.message("for the receiver"));
                at.reactor.forgetClosed(); // which dispatches what is ready
                hasRead.complete(at.pipe.canReceive());
            });
            goesOn.countDown();
            assertThat(hasRead.join()).as("the I/O thread has read it").isFalse();
        }
    }

    /** A REP that owes a reply has nothing to receive, however much its peers send. */
    @Test
    void whoLooksReadsNoFurtherThanTheMark() throws InterruptedException {
        var rep = context.rep();
        rep.set(Options.RECEIVE_HWM, 1);
        var endpoint = bound(rep);
        try (var peer = ScriptedPeer.connect(endpoint).open("DEALER");
                var poller = context.poller()) {
            peer.send(Zmtp.message("", "first"));
            rep.receive();
            poller.add(rep, Interest.READ);
            var looking = Background.call("looking", () -> poller.poll(LONG)).awaitInside("looksFor");
            peer.patience(Duration.ofMillis(200));
            assertThatThrownBy(() -> flood(peer)).hasMessageContaining("does not read");
            rep.send("answer");
            assertThat(looking.result()).hasSize(1);
        }
    }

    private static void flood(ScriptedPeer peer) {
        var message = Zmtp.message("", "x".repeat(60_000));
        for (var i = 0; i < 2000; i++) {
            peer.send(message);
        }
    }

    @Test
    void peerThatGoesEndsNothingElse() {
        var pull = context.pull();
        var endpoint = bound(pull);
        var receiving = Background.call("receiving", pull::receive).awaitInside("looksFor");
        try (var rude = ScriptedPeer.connect(endpoint).open("PUSH");
                var polite = ScriptedPeer.connect(endpoint).open("PUSH")) {
            rude.send(new byte[] {0, 5, 'h'}).reset();
            polite.send(Zmtp.message("still here"));
            assertThat(receiving.result().text()).isEqualTo("still here");
        }
    }

    @Test
    void interruptOfAReceiverThatLooksClosesNothing() throws InterruptedException {
        var pull = context.pull();
        var endpoint = bound(pull);
        try (var peer = ScriptedPeer.connect(endpoint).open("PUSH")) {
            var receiving = Background.call("receiving", pull::receive).awaitInside("looksFor");
            receiving.interrupt();
            assertThat(receiving.failure(LONG)).isInstanceOf(InterruptedException.class);

            peer.send(Zmtp.message("m"));
            assertThat(pull.receive().text()).isEqualTo("m");
        }
    }
}
