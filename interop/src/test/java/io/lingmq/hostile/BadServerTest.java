package io.lingmq.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.DealerSocket;
import io.lingmq.ReqSocket;
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
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "\0\0\0\0",
                "220 smtp.example.org ESMTP\r\n"
            })
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
