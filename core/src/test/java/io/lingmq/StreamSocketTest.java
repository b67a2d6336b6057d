package io.lingmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.error.EndpointException;
import io.lingmq.error.UnroutableException;
import io.lingmq.event.DropReason;
import io.lingmq.event.SocketEvent;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Bodies;
import io.lingmq.testkit.Endpoints;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.ScriptedListener;
import io.lingmq.testkit.ScriptedPeer;
import io.lingmq.testkit.Zmtp;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** STREAM beside plain TCP programs. */
@Timeout(60)
class StreamSocketTest {
    @AutoClose
    private final Context context = Context.open();

    private final StreamSocket stream = context.stream();

    private static Message notice(byte[] id) {
        return Message.of(id, new byte[0]);
    }

    /** The octets that come from the peer, so many of them, in however many pieces. */
    private byte[] octets(byte[] id, int count) throws InterruptedException {
        var all = new ByteArrayOutputStream();
        while (all.size() < count) {
            var piece = stream.receive();
            assertThat(piece.bytes(0)).isEqualTo(id);
            assertThat(piece.size(1)).isBetween(1, 64 * 1024);
            all.writeBytes(piece.bytes(1));
        }
        return all.toByteArray();
    }

    @Test
    void tellsThatAPeerComesSpeaksAndGoes() throws InterruptedException {
        var endpoint = stream.bind("tcp://127.0.0.1:*");
        byte[] id;
        try (var peer = ScriptedPeer.connect(endpoint)) {
            var hello = stream.receive();
            id = hello.bytes(0);
            assertThat(id).hasSize(5).startsWith(0);
            assertThat(hello).isEqualTo(notice(id));

            peer.send(Zmtp.ascii("GET /"));
            assertThat(octets(id, 5)).isEqualTo(Zmtp.ascii("GET /"));

            stream.sendTo(id, Message.of("200", " ", "OK"));
            peer.expect(Zmtp.ascii("200 OK"));
        }
        assertThat(stream.receive()).isEqualTo(notice(id));
        Await.until("the peer is forgotten", () -> stream.statistics().peers() == 0);
        assertThatThrownBy(() -> stream.sendTo(id, Message.of("late"))).isInstanceOf(UnroutableException.class);
    }

    @Test
    void tellsPeersApart() throws InterruptedException {
        var endpoint = stream.bind("tcp://127.0.0.1:*");
        try (var first = ScriptedPeer.connect(endpoint)) {
            var firstId = stream.receive().bytes(0);
            try (var second = ScriptedPeer.connect(endpoint)) {
                var secondId = stream.receive().bytes(0);
                assertThat(secondId).isNotEqualTo(firstId);

                stream.sendTo(secondId, Message.of("two"));
                stream.sendTo(firstId, Message.of("one"));

                first.expect(Zmtp.ascii("one"));
                second.expect(Zmtp.ascii("two"));
            }
        }
    }

    @Test
    void largeStreamsGoBothWaysOctetForOctet() throws InterruptedException {
        var endpoint = stream.bind(Endpoints.ipc());
        var body = Bodies.of(1, 3_000_000);
        try (var peer = ScriptedPeer.connect(endpoint)) {
            var id = stream.receive().bytes(0);
            var sending = Background.run("peer", () -> peer.send(body));
            assertThat(octets(id, body.length)).isEqualTo(body);
            sending.result();

            var writing = Background.run("stream", () -> stream.sendTo(id, Message.of(body)));
            peer.expect(body);
            writing.result();
        }
    }

    @Test
    void answersAndEndsTheStreamWhenAllIsWritten() throws InterruptedException {
        var endpoint = stream.bind("tcp://127.0.0.1:*");
        try (var peer = ScriptedPeer.connect(endpoint)) {
            var id = stream.receive().bytes(0);
            var body = Bodies.of(2, 100_000);
            stream.sendTo(id, Message.of(body));
            stream.hangUp(id);

            assertThatThrownBy(() -> stream.sendTo(id, Message.of("late"))).isInstanceOf(UnroutableException.class);
            peer.expect(body);
            peer.expectClosed();
        }
        Await.until("the connection has ended", () -> stream.statistics().peers() == 0);
        assertThat(stream.tryReceive()).as("its own end is not told").isNull();
    }

    @Test
    void nothingIsHeardOfAPeerThatWasHungUp() throws InterruptedException {
        var endpoint = stream.bind("tcp://127.0.0.1:*");
        try (var peer = ScriptedPeer.connect(endpoint)) {
            var id = stream.receive().bytes(0);
            peer.send(Zmtp.ascii("unheard"));
            Await.until("it has come", () -> stream.peers().get(0).counts().unread() == 1);

            stream.hangUp(id);

            assertThat(stream.tryReceive()).isNull();
            assertThat(stream.statistics().dropped()).isEqualTo(Map.of(DropReason.UNREAD, 1L));
            peer.expectClosed();
        }
    }

    @Test
    void saysNothingOfComingAndGoingIfItIsTold() throws InterruptedException {
        stream.set(Options.STREAM_NOTIFY, false);
        var endpoint = stream.bind("tcp://127.0.0.1:*");
        try (var peer = ScriptedPeer.connect(endpoint)) {
            peer.send(Zmtp.ascii("a"));
            assertThat(stream.receive().bytes(1)).isEqualTo(Zmtp.ascii("a"));
        }
        Await.until("the connection has ended", () -> stream.statistics().peers() == 0);
        assertThat(stream.tryReceive()).isNull();
    }

    // ---- connecting

    @Test
    void connectsSpeaksAndConnectsAgain() throws InterruptedException {
        var id = Zmtp.ascii("web");
        try (var server = ScriptedListener.open()) {
            stream.set(Options.CONNECT_ROUTING_ID, id);
            stream.connect(server.endpoint());
            try (var first = server.accept()) {
                assertThat(stream.receive()).isEqualTo(notice(id));
                stream.sendTo(id, Message.of("hello"));
                first.expect(Zmtp.ascii("hello"));
            }
            assertThat(stream.receive()).as("it has gone").isEqualTo(notice(id));
            try (var second = server.accept()) {
                assertThat(stream.receive()).as("it has come again").isEqualTo(notice(id));
                second.send(Zmtp.ascii("back"));
                assertThat(octets(id, 4)).isEqualTo(Zmtp.ascii("back"));
            }
        }
    }

    @Test
    void whatIsHungUpIsNotConnectedAgain() throws InterruptedException {
        var events = new CopyOnWriteArrayList<SocketEvent>();
        stream.monitor(events::add, Runnable::run);
        try (var server = ScriptedListener.open()) {
            stream.connect(server.endpoint());
            try (var peer = server.accept()) {
                var id = stream.receive().bytes(0);
                stream.sendTo(id, Message.of("bye"));
                stream.hangUp(id);
                peer.expect(Zmtp.ascii("bye"));
                peer.expectClosed();
            }
            awaitClosed(events);
            assertThat(events).noneMatch(event -> event instanceof SocketEvent.RetryScheduled);
        }
    }

    @Test
    void hangUpOfAConnectionThatBreaksIsNotConnectedAgain() throws InterruptedException {
        var events = new CopyOnWriteArrayList<SocketEvent>();
        stream.monitor(events::add, Runnable::run);
        stream.set(Options.SEND_HWM, 10);
        try (var server = ScriptedListener.open()) {
            stream.connect(server.endpoint());
            var peer = server.accept();
            var id = stream.receive().bytes(0);
            Await.until("more is sent than leaves", () -> !stream.trySend(Message.of(id, new byte[64 * 1024])));
            stream.hangUp(id);
            peer.reset();
            awaitClosed(events);
            assertThat(events).noneMatch(event -> event instanceof SocketEvent.RetryScheduled);
        }
        assertThat(stream.tryReceive()).as("its end is not told").isNull();
    }

    @Test
    void hangUpEndsAConnectThatHasNothingToSendAndReachesNobody() throws InterruptedException {
        var events = new CopyOnWriteArrayList<SocketEvent>();
        stream.monitor(events::add, Runnable::run);
        ScriptedPeer peer;
        byte[] id;
        try (var server = ScriptedListener.open()) {
            stream.connect(server.endpoint());
            peer = server.accept();
            id = stream.receive().bytes(0);
        }
        peer.close();
        assertThat(stream.receive()).as("it has gone").isEqualTo(notice(id));
        stream.hangUp(id);
        awaitClosed(events);
    }

    private static void awaitClosed(List<SocketEvent> events) {
        Await.until(
                "the connect is over", () -> events.stream().anyMatch(event -> event instanceof SocketEvent.Closed));
    }

    @Test
    void hangsUpBeforeThereIsAConnection() throws InterruptedException {
        var events = new CopyOnWriteArrayList<SocketEvent>();
        stream.monitor(events::add, Runnable::run);
        var id = Zmtp.ascii("later");
        String endpoint;
        try (var once = ScriptedListener.open()) {
            endpoint = once.endpoint();
        }
        stream.set(Options.CONNECT_ROUTING_ID, id);
        stream.set(Options.RECONNECT_INTERVAL, Duration.ofMillis(10));
        stream.connect(endpoint);
        stream.sendTo(id, Message.of("first and last"));
        stream.hangUp(id);
        try (var server = ScriptedListener.open(endpoint);
                var peer = server.accept()) {
            peer.expect(Zmtp.ascii("first and last"));
            peer.expectClosed();
        }
        awaitClosed(events);
        assertThat(stream.tryReceive())
                .as("neither its coming nor its end is told")
                .isNull();
    }

    @Test
    void chosenIdThatIsInUseIsToldAndTakenWhenItIsFree() throws InterruptedException {
        var events = new CopyOnWriteArrayList<SocketEvent>();
        stream.monitor(events::add, Runnable::run);
        var id = Zmtp.ascii("web");
        stream.set(Options.RECONNECT_INTERVAL, Duration.ofMillis(10));
        stream.set(Options.RECONNECT_INTERVAL_MAX, Duration.ofMillis(10));
        try (var first = ScriptedListener.open();
                var second = ScriptedListener.open()) {
            stream.set(Options.CONNECT_ROUTING_ID, id);
            stream.connect(first.endpoint());
            assertThat(stream.receive()).isEqualTo(notice(id));
            stream.set(Options.CONNECT_ROUTING_ID, id);
            stream.connect(second.endpoint());
            Await.until(
                    "the second is refused",
                    () -> events.stream()
                            .anyMatch(event -> event instanceof SocketEvent.Disconnected lost
                                    && lost.reason().contains("is in use by another peer")));

            stream.hangUp(id);

            assertThat(stream.receive()).as("the second has come").isEqualTo(notice(id));
            stream.sendTo(id, Message.of("hello"));
            stream.hangUp(id);
            assertThat(saidToTheOneThatWasNotRefused(second)).isEqualTo(Zmtp.ascii("hello"));
        }
    }

    @Test
    void idIsTextOrBytesInEachForm() throws InterruptedException {
        try (var server = ScriptedListener.open()) {
            var id = Zmtp.ascii("web");
            stream.set(Options.CONNECT_ROUTING_ID, id);
            stream.connect(server.endpoint());
            assertThat(stream.receive()).isEqualTo(notice(id));
            try (var peer = server.accept()) {
                stream.sendTo("web", Message.of("1"));
                assertThat(stream.sendTo("web", Message.of("2"), Duration.ofSeconds(10)))
                        .isTrue();
                assertThat(stream.trySendTo("web", Message.of("3"))).isTrue();
                stream.sendToAsync("web", Message.of("4")).join();
                assertThat(stream.trySendTo(id, Message.of("5"))).isTrue();
                stream.hangUp("web");

                peer.expect(Zmtp.ascii("12345"));
            }
        }
        assertThatThrownBy(() -> stream.trySendTo("other", Message.of("m"))).isInstanceOf(UnroutableException.class);
        assertThatThrownBy(stream.sendToAsync("other", Message.of("m"))::join)
                .hasCauseInstanceOf(UnroutableException.class);
        assertThatThrownBy(() -> stream.hangUp("other")).isInstanceOf(UnroutableException.class);
    }

    private static byte[] saidToTheOneThatWasNotRefused(ScriptedListener listener) {
        byte[] said;
        do {
            try (var peer = listener.accept()) {
                said = peer.expectClosed();
            }
        } while (said.length == 0);
        return said;
    }

    // ---- mistakes

    @Test
    void refusesInproc() {
        assertThatThrownBy(() -> stream.bind("inproc://a"))
                .isInstanceOf(EndpointException.class)
                .hasMessageContaining("over tcp or ipc");
        assertThatThrownBy(() -> stream.connect("inproc://a")).isInstanceOf(EndpointException.class);
    }

    @Test
    void aZmtpPeerIsJustOctets() throws InterruptedException {
        var endpoint = stream.bind("tcp://127.0.0.1:*");
        try (var dealer = context.dealer()) {
            dealer.connect(endpoint);
            var id = stream.receive().bytes(0);
            assertThat(octets(id, 10)).startsWith(0xFF).endsWith(0x7F);

            stream.sendTo(id, Message.of(Hex.join(Zmtp.greeting(), Zmtp.ready("ROUTER", ""))));
            stream.sendTo(id, Message.of(Zmtp.message("spoken by hand")));

            assertThat(dealer.receive().text()).isEqualTo("spoken by hand");
        }
    }
}
