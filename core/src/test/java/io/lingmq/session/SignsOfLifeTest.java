package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.Socket;
import io.lingmq.event.DropReason;
import io.lingmq.event.SocketEvent;
import io.lingmq.event.SocketEvent.Disconnected;
import io.lingmq.event.SocketEvent.HandshakeSucceeded;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.FaultProxy;
import io.lingmq.testkit.Recorder;
import io.lingmq.testkit.ScriptedListener;
import io.lingmq.testkit.ScriptedPeer;
import io.lingmq.testkit.Zmtp;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Peers that are slow, or gone, while one side takes nothing: the slow ones stay, the dead ones are noticed. */
class SignsOfLifeTest {
    private static final String ANYWHERE = "tcp://127.0.0.1:*";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration BEAT = Duration.ofMillis(300);

    @AutoClose
    private final Context context = Context.open();

    private final Recorder<SocketEvent> events = new Recorder<>();

    private <S extends Socket> S withHeartbeat(S socket) {
        socket.set(Options.HEARTBEAT_INTERVAL, BEAT);
        socket.set(Options.LINGER, Duration.ZERO);
        socket.monitor(events);
        return socket;
    }

    private static void awaitBeats(int beats) {
        var begin = System.nanoTime();
        Await.until(beats + " beats", () -> System.nanoTime() - begin > beats * BEAT.toNanos());
    }

    /** A PING that is due goes out behind the message: its answer cannot come before that. */
    @Test
    void largeMessageOnASlowLineIsNoSilence() throws InterruptedException {
        var pull = context.pull();
        try (var proxy = FaultProxy.to(pull.bind(ANYWHERE))) {
            proxy.delay(Duration.ofMillis(12)); // 64 KiB each time: about 5 MB a second
            var push = withHeartbeat(context.push());
            push.connect(proxy.endpoint());
            events.await(HandshakeSucceeded.class);
            push.send(Message.of(new byte[12_000_000]));
            push.send(Message.of(new byte[4_000_000]));

            assertThat(pull.receive(PATIENCE).size(0)).isEqualTo(12_000_000);
            assertThat(pull.receive(PATIENCE).size(0)).isEqualTo(4_000_000);
            assertThat(events.count(Disconnected.class)).isZero();
        }
    }

    @Test
    void slowReaderIsNotGivenUp() throws InterruptedException {
        var pull = context.pull();
        pull.set(Options.RECEIVE_HWM, 1);
        var push = withHeartbeat(context.push());
        push.connect(pull.bind(ANYWHERE));
        for (var i = 0; i < 1000; i++) {
            push.send(Message.of("m" + i, "x".repeat(1000)));
        }
        awaitBeats(5);
        assertThat(events.count(Disconnected.class)).isZero();
        for (var i = 0; i < 1000; i++) {
            assertThat(pull.receive(PATIENCE).text(0)).isEqualTo("m" + i);
        }
        assertThat(events.count(Disconnected.class)).isZero();
    }

    @Test
    void silentPeerIsGivenUpAlsoWhileMessagesAreSent() throws InterruptedException {
        try (var listener = ScriptedListener.open()) {
            var push = withHeartbeat(context.push());
            push.connect(listener.endpoint());
            try (var peer = listener.accept().open("PULL")) {
                events.await(HandshakeSucceeded.class);
                while (events.count(Disconnected.class) == 0) {
                    push.trySend(Message.of("is anybody there"));
                    events.await(SocketEvent.class, event -> true);
                }
                assertThat(peer).isNotNull();
            }
        }
    }

    @Test
    void namedPeerMayComeBackThoughNobodyReadsWhatItLeft() throws InterruptedException {
        var router = context.router();
        router.set(Options.RECEIVE_HWM, 2);
        router.monitor(events);
        var endpoint = router.bind(ANYWHERE);
        try (var peer = ScriptedPeer.connect(endpoint).greet().ready(Zmtp.ready("DEALER", "bob"))) {
            for (var i = 0; i < 10_000; i++) {
                peer.send(Zmtp.message("old " + i));
            }
            peer.reset();
        }
        events.await(Disconnected.class);
        try (var peer = ScriptedPeer.connect(endpoint).greet().ready(Zmtp.ready("DEALER", "bob"))) {
            peer.send(Zmtp.message("new"));
            var message = router.receive(PATIENCE);
            while (message != null && !message.text(1).equals("new")) {
                message = router.receive(PATIENCE);
            }
            assertThat(message).isNotNull();
            router.sendTo(Zmtp.ascii("bob"), Message.of("welcome"));
            assertThat(peer.readMessage()).containsExactly("welcome");
        }
    }

    /** Whoever has sent all and goes, as a program does that ends, leaves it to the operating systems to deliver. */
    @Test
    void whatAPeerHasSentBeforeItWentIsReceivedHoweverLate() throws InterruptedException {
        var pull = context.pull();
        pull.set(Options.RECEIVE_HWM, 1);
        try (var peer = ScriptedPeer.connect(pull.bind(ANYWHERE)).open("PUSH")) {
            for (var i = 0; i < 3000; i++) {
                peer.send(Zmtp.message("m" + i + "x".repeat(200)));
            }
        } // an ordinary close: everything is with the operating system
        awaitBeats(3);
        var got = 0;
        while (pull.receive(Duration.ofMillis(500)) != null) {
            got++;
        }
        assertThat(got).isEqualTo(3000);
    }

    // ---- what a lost connection takes with it

    @Test
    void messagesThatMayNotHaveArrivedAreTold() throws InterruptedException {
        try (var listener = ScriptedListener.open()) {
            var push = context.push();
            push.set(Options.RECONNECT_INTERVAL, Options.FOREVER);
            push.monitor(events);
            push.connect(listener.endpoint());
            try (var peer = listener.accept().open("PULL")) {
                for (var i = 0; i < 20; i++) {
                    push.send(Message.of("m"));
                }
                for (var i = 0; i < 20; i++) {
                    peer.expect(Zmtp.message("m"));
                }
            }
            var reason = events.await(Disconnected.class).reason();
            assertThat(reason).endsWith("may not have received: 20");
        }
    }

    @Test
    void messageThatWasHalfSentIsCounted() throws InterruptedException {
        try (var listener = ScriptedListener.open()) {
            var push = context.push();
            push.set(Options.RECONNECT_INTERVAL, Options.FOREVER);
            push.set(Options.LINGER, Duration.ZERO);
            push.monitor(events);
            push.connect(listener.endpoint());
            try (var peer = listener.accept().open("PULL")) {
                push.send(Message.of(new byte[50_000_000]));
                peer.read(1000);
                peer.reset();
            }
            events.await(Disconnected.class);
            Await.until("it is counted", () -> push.statistics().dropped().getOrDefault(DropReason.UNSENT, 0L) == 1);
        }
    }

    @Test
    void messageThatWasHalfSentIsToldByClose() throws InterruptedException {
        var inner = Context.open();
        try (var listener = ScriptedListener.open()) {
            var push = inner.push();
            push.set(Options.LINGER, PATIENCE);
            push.monitor(events);
            push.connect(listener.endpoint());
            try (var peer = listener.accept().open("PULL")) {
                push.send(Message.of(new byte[50_000_000]));
                peer.read(1000);
                push.close();
                peer.read(1000);
                peer.reset();
            }
            assertThat(inner.close(PATIENCE).lost()).isEqualTo(1);
        }
    }
}
