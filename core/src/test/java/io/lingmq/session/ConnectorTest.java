package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.SocketEvent;
import io.lingmq.event.SocketEvent.Closed;
import io.lingmq.event.SocketEvent.ConnectFailed;
import io.lingmq.event.SocketEvent.Connected;
import io.lingmq.event.SocketEvent.HandshakeSucceeded;
import io.lingmq.event.SocketEvent.RetryScheduled;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.SelectorReactor;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Recorder;
import io.lingmq.testkit.Zmtp;
import io.lingmq.transport.Endpoint;
import io.lingmq.transport.Transport;
import io.lingmq.transport.tcp.TcpTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectorTest {
    private final Reactor reactor = new SelectorReactor("io");
    private final ExecutorService resolver = Executors.newCachedThreadPool(task -> new Thread(task, "resolver"));
    private final SessionOwnerRecorder socket = new SessionOwnerRecorder();
    private final Addresses addresses = new Addresses();
    private final Settings settings = Settings.defaults().with(Options.RECONNECT_INTERVAL, Duration.ofMillis(1));

    @AfterEach
    void close() throws Exception {
        reactor.stop();
        resolver.shutdownNow();
        addresses.close();
    }

    private Connector connect(Transport transport, Executor on, String address) {
        var connector = new Connector(
                reactor, on, new SplittableRandom(1), socket, transport, new Endpoint("tcp", address), settings);
        connector.start();
        return connector;
    }

    /** Each address of a name is another one that is silent, but for the last. */
    @Test
    void nameWithSilentAddressesIsConnectedAtTheOneThatAnswers() throws IOException {
        var listener = addresses.listening();
        var routes = List.of(addresses.silent(), addresses.silent(), Addresses.of(listener));
        connect(
                new TcpTransport() {
                    @Override
                    public List<Route> resolve(String address, Settings with) {
                        return routes;
                    }
                },
                resolver,
                "a-name:1");

        assertThat("127.0.0.1:" + listener.socket().getLocalPort())
                .isEqualTo(socket.events().await(Connected.class).peer());
        assertThat(socket.events().count(ConnectFailed.class)).isZero();
    }

    @Test
    void namesAreLookedUpByTheResolverAlsoThatOfASource() {
        var threads = new Recorder<String>();
        var transport = new TcpTransport() {
            @Override
            public List<Route> resolve(String address, Settings with) throws IOException {
                threads.accept(Thread.currentThread().getName());
                throw new IOException("nobody knows it");
            }
        };
        connect(transport, resolver, "no-such-name.invalid:0;127.0.0.1:1");

        assertThat(threads.await(String.class)).isEqualTo("resolver");
        assertThat(socket.events().await(ConnectFailed.class).reason())
                .isEqualTo("the name does not resolve: nobody knows it");
    }

    @Test
    void resolverThatFailsInWhateverWayIsAskedAgain() {
        var asked = new AtomicInteger();
        var transport = new TcpTransport() {
            @Override
            public List<Route> resolve(String address, Settings with) {
                if (asked.incrementAndGet() % 2 == 0) {
                    throw new IllegalStateException("odd");
                }
                throw new StackOverflowError();
            }
        };
        connect(transport, resolver, "a-name:1");

        socket.events().await(ConnectFailed.class, failed -> failed.reason().contains("StackOverflow"));
        socket.events().await(ConnectFailed.class, failed -> failed.reason().contains("odd"));
    }

    @Test
    void resolverWithoutAThreadIsAskedAgain() {
        var asked = new AtomicInteger();
        connect(
                new TcpTransport(),
                task -> {
                    if (asked.getAndIncrement() == 0) {
                        throw new OutOfMemoryError("no thread to be had");
                    }
                    resolver.execute(task);
                },
                "localhost:1");

        socket.events().await(ConnectFailed.class, failed -> failed.reason().contains("no thread to be had"));
        socket.events().await(RetryScheduled.class);
        socket.events().await(ConnectFailed.class, failed -> !failed.reason().contains("no thread to be had"));
    }

    @Test
    void channelThatCannotBeTakenOverIsClosed() throws IOException {
        var listener = addresses.listening();
        connect(
                new TcpTransport() {
                    @Override
                    public String peer(SocketChannel channel) {
                        throw new AssertionError("has no name");
                    }
                },
                resolver,
                "127.0.0.1:" + listener.socket().getLocalPort());

        try (var channel = listener.accept()) {
            assertThat(Background.call("reading", () -> channel.read(ByteBuffer.allocate(100)))
                            .result())
                    .isEqualTo(-1);
        }
        assertThat(socket.events().await(ConnectFailed.class).reason()).contains("has no name");
    }

    @Test
    void connectionThatNobodyCanBeToldOfIsTheOnlyOne() throws IOException {
        socket.failToTell(Connected.class);
        var listener = addresses.listening();
        connect(new TcpTransport(), resolver, "127.0.0.1:" + listener.socket().getLocalPort());

        try (var channel = listener.accept()) {
            assertThat(Background.call("reading", () -> channel.read(ByteBuffer.allocate(100)))
                            .result())
                    .as("octets of a greeting")
                    .isPositive();
        }
        assertThat(socket.events().count(ConnectFailed.class)).isZero();
    }

    // ---- without memory to tell anybody

    private static Stream<Class<? extends SocketEvent>> eventsOfAFailedAttempt() {
        return Stream.of(ConnectFailed.class, RetryScheduled.class);
    }

    @ParameterizedTest
    @MethodSource("eventsOfAFailedAttempt")
    void attemptIsMadeAgainThoughNobodyCanBeToldOf(Class<? extends SocketEvent> event) {
        socket.failToTell(event);
        var asked = new AtomicInteger();
        var transport = new TcpTransport() {
            @Override
            public List<Route> resolve(String address, Settings with) throws IOException {
                asked.incrementAndGet();
                throw new IOException("nobody knows it");
            }
        };
        connect(transport, resolver, "a-name:1");

        Await.until("it is asked again", () -> asked.get() > 2);
    }

    @Test
    void endThatNobodyCanBeToldOfIsAnEnd() {
        socket.failToTell(Closed.class);
        var connector = connect(new TcpTransport(), resolver, "127.0.0.1:1");
        connector.close(0);
        Await.until("it is over", () -> connector.finished().isDone());
    }

    @Test
    void lostConnectionThatTheSocketCannotHearOfIsReplaced() throws IOException {
        socket.failToHear();
        var listener = addresses.listening();
        connect(new TcpTransport(), resolver, "127.0.0.1:" + listener.socket().getLocalPort());
        try (var first = listener.accept()) {
            first.write(ByteBuffer.wrap(Hex.join(Zmtp.greeting(), Zmtp.ready("PUSH", ""))));
            socket.events().await(HandshakeSucceeded.class);
        }
        Background.call("accepting another one", () -> listener.accept())
                .result()
                .close();
    }

    @Test
    void connectorWhoseThreadHasStoppedIsOver() {
        reactor.stop();
        var connector = connect(new TcpTransport(), resolver, "127.0.0.1:1");
        assertThat(connector.isOver()).isTrue();
        assertThat(connector.finished()).isDone();
    }
}
