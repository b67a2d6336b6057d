package io.lingmq.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.event.DropReason;
import io.lingmq.event.SocketEvent;
import io.lingmq.event.SocketEvent.Disconnected;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Recorder;
import io.lingmq.testkit.ScriptedListener;
import io.lingmq.testkit.Zmtp;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The very octets of heartbeats, subscriptions and envelopes, as a peer of each version sees and sends them. */
class ScriptedServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @AutoClose
    private final Context context = Context.builder()
            .socketDefault(Options.RECONNECT_INTERVAL, Duration.ofMillis(10))
            .open();

    @AutoClose
    private final ScriptedListener listener = ScriptedListener.open();

    private final Recorder<SocketEvent> events = new Recorder<>();

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
                assertThat(events.count(Disconnected.class))
                        .as("as long as it answers")
                        .isZero();
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
}
