package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.SocketEvent.AcceptFailed;
import io.lingmq.event.SocketEvent.Accepted;
import io.lingmq.event.SocketEvent.Closed;
import io.lingmq.event.SocketEvent.HandshakeFailed;
import io.lingmq.event.SocketEvent.Listening;
import io.lingmq.option.Settings;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.SelectorReactor;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Endpoints;
import io.lingmq.testkit.ScriptedPeer;
import io.lingmq.testkit.Zmtp;
import io.lingmq.transport.tcp.TcpTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListenerTest {
    private final List<Reactor> reactors =
            List.of(new SelectorReactor("one"), new SelectorReactor("two"), new SelectorReactor("three"));
    private final SessionOwnerRecorder socket = new SessionOwnerRecorder();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : open) {
            each.close();
        }
        reactors.forEach(Reactor::stop);
    }

    private Listener listen(TcpTransport transport) {
        var listening = transport.listen("127.0.0.1:*", Settings.defaults());
        open.add(listening);
        return new Listener(reactors, socket, listening, Settings.defaults());
    }

    private ScriptedPeer peer(Listener listener) {
        var peer = ScriptedPeer.connect(listener.endpoint());
        open.add(peer);
        return peer;
    }

    private static long result(Listener listener) {
        return Background.call("waiting for the end", listener.finished()::get).result();
    }

    @Test
    void peersAreSpreadOverTheThreadsInTurn() {
        var listener = listen(new TcpTransport());
        assertThat(listener.start()).isTrue();
        for (var i = 0; i < 6; i++) {
            peer(listener).open("PUSH");
        }
        Await.until("all have a pipe", () -> socket.attached().size() == 6);
        assertThat(socket.pipeThreads()).containsExactlyInAnyOrder("one", "one", "two", "two", "three", "three");

        listener.close(0);

        assertThat(result(listener)).isZero();
        assertThat(socket.attached()).isEmpty();
    }

    /** Its handshake may be complete on its own thread just as the listener's closes the others. */
    @Test
    void peerInTheMidstOfItsHandshakeEndsWithTheListener() {
        var listener = listen(new TcpTransport());
        assertThat(listener.start()).isTrue();
        for (var i = 0; i < 3; i++) {
            peer(listener).greet();
        }
        socket.events().await(Accepted.class);

        listener.close(Long.MAX_VALUE);

        assertThat(result(listener)).isZero();
        assertThat(socket.attached()).isEmpty();
    }

    @Test
    void ofTooManyPeersInTheirHandshakeTheFirstIsLetGoAndCompleteOnesStay() {
        var listener = listen(new TcpTransport());
        listener.limitHalfOpen(3);
        assertThat(listener.start()).isTrue();
        var complete = peer(listener);
        complete.open("PUSH");
        Await.until("it has a pipe", () -> socket.attached().size() == 1);
        var first = peer(listener);
        for (var i = 0; i < 3; i++) {
            peer(listener).greet();
        }
        first.expectClosed();
        assertThat(socket.events().await(HandshakeFailed.class).reason()).contains("more than 3 peers");
        assertThat(socket.attached()).hasSize(1);
    }

    @Test
    void channelThatCannotBeTunedIsClosed() throws IOException {
        var listener = listen(new TcpTransport() {
            @Override
            public void tune(SocketChannel channel, Settings settings) throws IOException {
                throw new IOException("cannot be tuned");
            }
        });
        assertThat(listener.start()).isTrue();
        assertIsClosed(listener);
        assertThat(socket.events().await(AcceptFailed.class).reason()).isEqualTo("cannot be tuned");
    }

    @Test
    void channelWhosePeerCannotBeNamedIsClosed() throws IOException {
        var listener = listen(new TcpTransport() {
            @Override
            public String peer(SocketChannel channel) {
                throw new AssertionError("has no name");
            }
        });
        assertThat(listener.start()).isTrue();
        assertIsClosed(listener);
    }

    /** On the listener's thread as on others. */
    @Test
    void nobodyWaitsForPeersThatCouldNeitherBeginNorBeToldOf() throws IOException {
        socket.failToGreet();
        socket.failToTell(AcceptFailed.class);
        var listener = listen(new TcpTransport());
        assertThat(listener.start()).isTrue();
        for (var i = 0; i < 3; i++) {
            assertIsClosed(listener);
        }
        listener.close(0);
        assertThat(result(listener)).isZero();
    }

    @Test
    void pipeOfAPeerThatFailsAsItOpensDoesNotStay() {
        socket.failToWake();
        var listener = listen(new TcpTransport());
        assertThat(listener.start()).isTrue();
        peer(listener).greet().send(Zmtp.ready("PUSH")).expectClosed();
        Await.until(
                "it has no pipe",
                () -> socket.pipeThreads().size() == 1 && socket.attached().isEmpty());
    }

    @Test
    void listenerThatNobodyCanBeToldOfListensAndEnds() {
        socket.failToTell(Listening.class);
        var listener = listen(new TcpTransport());
        assertThat(listener.start()).isTrue();
        peer(listener).open("PUSH");
        Await.until("it has a pipe", () -> socket.attached().size() == 1);

        socket.failToTell(Closed.class);
        listener.close(0);
        assertThat(result(listener)).isZero();
    }

    /** On another thread than the listener's, too. */
    @Test
    void channelThatNobodyTakesOverIsClosed() throws IOException {
        reactors.get(0).stop();
        reactors.get(2).stop();
        var two = List.of(reactors.get(1), reactors.get(2));
        var transport = new TcpTransport();
        var listening = transport.listen("127.0.0.1:*", Settings.defaults());
        open.add(listening);
        var listener = new Listener(two, socket, listening, Settings.defaults());
        assertThat(listener.start()).isTrue();
        peer(listener).open("PUSH");
        assertIsClosed(listener);
        listener.close(0);
        assertThat(result(listener)).isZero();
    }

    private void assertIsClosed(Listener listener) throws IOException {
        try (var client = SocketChannel.open(new InetSocketAddress(
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), Endpoints.port(listener.endpoint())))) {
            assertThat(Background.call("reading", () -> client.read(ByteBuffer.allocate(100)))
                            .result())
                    .isEqualTo(-1);
        }
    }

    @Test
    void listenerWhoseThreadHasStoppedLeavesNothingOpen() {
        reactors.forEach(Reactor::stop);
        var transport = new TcpTransport();
        var listening = transport.listen("127.0.0.1:*", Settings.defaults());
        var listener = new Listener(reactors, socket, listening, Settings.defaults());

        assertThat(listener.start()).isFalse();

        assertThat(listening.channel().isOpen()).isFalse();
        assertThat(result(listener)).isZero();
        assertThat(listener.released()).isDone();
    }

    @Test
    void listenerThatIsClosedAfterItsThreadHasStoppedGivesItsAddressBack() {
        var listener = listen(new TcpTransport());
        assertThat(listener.start()).isTrue();
        reactors.forEach(Reactor::stop);

        listener.close(0);

        assertThat(result(listener)).isZero();
        var again = new TcpTransport().listen(listener.endpoint().substring("tcp://".length()), Settings.defaults());
        open.add(again);
    }
}
