package io.lingmq.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.DealerSocket;
import io.lingmq.ReqSocket;
import io.lingmq.event.DropReason;
import io.lingmq.event.SocketEvent;
import io.lingmq.event.SocketEvent.ConnectFailed;
import io.lingmq.event.SocketEvent.Disconnected;
import io.lingmq.event.SocketEvent.HandshakeFailed;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Recorder;
import io.lingmq.testkit.ScriptedListener;
import io.lingmq.testkit.Zmtp;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets of ours that connect to something bad: they say why it fails, try again without haste, and heal. */
class BadServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @AutoClose
    private final Context context = Context.builder()
            .socketDefault(Options.RECONNECT_INTERVAL, Duration.ofMillis(10))
            .socketDefault(Options.RECONNECT_INTERVAL_MAX, Duration.ofMillis(200))
            .open();

    @AutoClose
    private final ScriptedListener listener = ScriptedListener.open();

    private final Recorder<SocketEvent> events = new Recorder<>();

    private DealerSocket connected() {
        var dealer = context.dealer();
        dealer.monitor(events);
        dealer.connect(listener.endpoint());
        return dealer;
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400 Bad Request\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "\0\0\0\0", "220 smtp.example.org ESMTP\r\n"})
    void saysWhatIsWrongAndTriesAgain(String banner) {
        try (var dealer = connected()) {
            for (var i = 0; i < 3; i++) {
                try (var server = listener.accept()) {
                    server.sendUnlessClosed(Zmtp.ascii(banner));
                    server.expectClosed();
                }
            }
            assertThat(events.await(HandshakeFailed.class).reason()).contains("does not speak ZMTP");
            assertThat(dealer.statistics().peers()).isZero();
        }
    }

    @Test
    void doesNotSpinWhenEachAttemptFails() {
        try (var dealer = connected()) {
            var attempts = 0;
            var endNs = System.nanoTime() + Duration.ofSeconds(1).toNanos();
            while (System.nanoTime() < endNs) {
                try (var server = listener.accept(Duration.ofMillis(300))) {
                    server.sendUnlessClosed(Zmtp.ascii("go away"));
                    attempts++;
                } catch (SocketTimeoutException e) {
                    // It waits longer than that, which is fine.
                }
            }
            assertThat(attempts).as("attempts in a second").isBetween(2, 30);
            assertThat(dealer.statistics().peers()).isZero();
        }
    }

    @Test
    void sendsWhatWasQueuedOnceTheServerIsHonest() throws InterruptedException {
        try (var dealer = connected()) {
            dealer.send("queued");
            try (var bad = listener.accept()) {
                bad.send(Zmtp.error("not today"));
                bad.expectClosed();
            }
            try (var good = listener.accept().open("ROUTER")) {
                assertThat(good.readMessage()).containsExactly("queued");
                good.send(Zmtp.message("welcome"));
                assertThat(dealer.receive(PATIENCE)).isEqualTo(Message.of("welcome"));
            }
        }
    }

    @Test
    void endsAHandshakeThatTakesTooLong() {
        try (var dealer = context.dealer()) {
            dealer.set(Options.HANDSHAKE_TIMEOUT, Duration.ofMillis(200));
            dealer.monitor(events);
            dealer.connect(listener.endpoint());
            try (var silent = listener.accept()) {
                silent.send(Zmtp.greeting());
                silent.expectClosed();
            }
            assertThat(events.await(HandshakeFailed.class).reason()).contains("time-out");
            listener.accept().close();
        }
    }

    @Test
    void noticesAServerThatFallsSilent() {
        try (var dealer = context.dealer()) {
            dealer.set(Options.HEARTBEAT_INTERVAL, Duration.ofMillis(50));
            dealer.set(Options.HEARTBEAT_TIMEOUT, Duration.ofMillis(150));
            dealer.monitor(events);
            dealer.connect(listener.endpoint());
            try (var server = listener.accept().open("ROUTER")) {
                for (var i = 0; i < 10; i++) {
                    assertThat(server.readFrame().isCommand("PING")).isTrue();
                    server.send(Zmtp.pong(""));
                }
                assertThat(events.count(Disconnected.class)).as("as long as it answers").isZero();
                server.expectClosed();
            }
            assertThat(events.await(Disconnected.class).reason()).contains("sign of life");
            listener.accept().close();
        }
    }

    @Test
    void tellsThePeerHowLongToWaitForUs() {
        try (var dealer = context.dealer()) {
            dealer.set(Options.HEARTBEAT_INTERVAL, Duration.ofMillis(50));
            dealer.set(Options.HEARTBEAT_TTL, Duration.ofSeconds(5));
            dealer.connect(listener.endpoint());
            try (var server = listener.accept().open("ROUTER")) {
                server.expectHex("04 07 04 50 49 4E 47 00 32");
            }
        }
    }

    @Test
    void refusesAReplyWithoutDelimiter() throws InterruptedException {
        try (var req = context.req()) {
            req.monitor(events);
            req.connect(listener.endpoint());
            req.send("question");
            try (var server = listener.accept().open("REP")) {
                assertThat(server.readMessage()).containsExactly("", "question");
                server.send(Zmtp.message("no delimiter"));
                assertThat(req.receive(Duration.ofMillis(200))).isNull();
                server.expectClosed();
            }
            assertThat(events.await(Disconnected.class).reason()).contains("empty frame");
        }
    }

    @Test
    void dropsARequestWithoutDelimiterAndKeepsTheConnection() throws InterruptedException {
        try (var rep = context.rep()) {
            rep.connect(listener.endpoint());
            try (var client = listener.accept().open("REQ")) {
                client.send(Zmtp.message("no delimiter")).send(Zmtp.message("", "question"));
                assertThat(rep.receive(PATIENCE)).isEqualTo(Message.of("question"));
                rep.send("answer");
                assertThat(client.readMessage()).containsExactly("", "answer");
                assertThat(rep.statistics().dropped()).containsEntry(DropReason.NO_DELIMITER, 1L);
            }
        }
    }

    @Test
    void repliesThroughTheWholeEnvelope() throws InterruptedException {
        try (var rep = context.rep()) {
            rep.connect(listener.endpoint());
            try (var client = listener.accept().open("DEALER")) {
                client.send(Zmtp.message("hop one", "hop two", "", "question", "", "more"));
                assertThat(rep.receive(PATIENCE)).isEqualTo(Message.of("question", "", "more"));
                rep.send("answer");
                assertThat(client.readMessage()).containsExactly("hop one", "hop two", "", "answer");
            }
        }
    }

    @Test
    void waitsLongerAndLongerWhereNobodyListens() {
        var endpoint = listener.endpoint();
        listener.close();
        try (var dealer = context.dealer()) {
            dealer.monitor(events);
            dealer.connect(endpoint);
            Await.until("five attempts", () -> events.count(ConnectFailed.class) >= 5);
            try (var back = ScriptedListener.open(endpoint);
                    var server = back.accept().open("ROUTER")) {
                assertThat(server).isNotNull();
                Await.until("connected", () -> dealer.statistics().peers() == 1);
            }
        }
    }

    @Test
    void sendsSubscriptionsInTheFormThatThePeerKnows() {
        try (var sub = context.sub()) {
            sub.subscribe("A");
            sub.connect(listener.endpoint());
            try (var old = listener.accept()) {
                old.send(Zmtp.greeting(3, 0, "NULL")).read(Zmtp.GREETING_SIZE);
                old.ready(Zmtp.ready("PUB")).expectHex("00 02 01 41");
                sub.unsubscribe("A");
                old.expectHex("00 02 00 41");
                sub.subscribe("B");
                old.expectHex("00 02 01 42");
            }
            try (var recent = listener.accept().open("PUB")) {
                recent.expect(Zmtp.subscribe("B"));
                sub.subscribe("C".repeat(300));
                recent.expect(Zmtp.subscribe("C".repeat(300)));
                sub.unsubscribe("B");
                recent.expect(Zmtp.cancel("B"));
            }
        }
    }

    @Test
    void takesSubscriptionsAsMessagesToo() throws InterruptedException {
        try (var pub = context.xpub()) {
            pub.connect(listener.endpoint());
            try (var old = listener.accept()) {
                old.send(Zmtp.greeting(3, 0, "NULL")).read(Zmtp.GREETING_SIZE);
                old.ready(Zmtp.ready("SUB")).sendHex("00 02 01 41");
                assertThat(pub.receive(PATIENCE)).isEqualTo(Message.of(new byte[] {1, 'A'}));
                pub.send("B not wanted");
                pub.send("A wanted");
                assertThat(old.readMessage()).containsExactly("A wanted");
            }
        }
    }

    @Test
    void closesWithoutWaitingForADeadServer() {
        ReqSocket req = context.req();
        req.set(Options.LINGER, Duration.ZERO);
        req.connect(listener.endpoint());
        try (var silent = listener.accept()) {
            var beginNs = System.nanoTime();
            req.close();
            silent.expectClosed();
            assertThat(Duration.ofNanos(System.nanoTime() - beginNs)).isLessThan(Duration.ofSeconds(2));
        }
    }
}
