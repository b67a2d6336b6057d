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
import io.lingmq.reactor.SteppedReactor;
import io.lingmq.simulation.Lab;
import io.lingmq.simulation.VirtualTransport;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import io.lingmq.transport.Endpoint;
import io.lingmq.transport.Transport;
import io.lingmq.transport.tcp.TcpTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectorTest {
    private final Lab lab = new Lab(1);
    private final SteppedReactor reactor = lab.reactor("io");
    private final SessionOwnerRecorder socket = new SessionOwnerRecorder();
    private final Settings settings = Settings.defaults().with(Options.RECONNECT_INTERVAL, Duration.ofMillis(1));

    /** A name server's answers to a host called here: one in turn, or what it throws. */
    private class Naming extends VirtualTransport {
        final AtomicInteger asked = new AtomicInteger();

        Naming() {
            super(lab, "here");
        }

        @Override
        public boolean mayBlock(String address) {
            return true;
        }
    }

    private Connector connect(Transport transport, Executor resolver, String address) {
        var connector = new Connector(
                reactor,
                resolver,
                new SplittableRandom(1),
                socket,
                transport,
                new Endpoint(transport.scheme(), address),
                settings);
        connector.start();
        return connector;
    }

    private Connector connect(Transport transport) {
        return connect(transport, Runnable::run, "there:1");
    }

    private Connector connect() {
        return connect(lab.transport("here"));
    }

    private <E extends SocketEvent> E told(Class<E> event) {
        return told(event, it -> true);
    }

    /** The first event of a kind that the test accepts, as soon as there is one. */
    private <E extends SocketEvent> E told(Class<E> event, Predicate<? super E> test) {
        lab.until(
                event.getSimpleName(),
                () -> socket.events().all().stream().anyMatch(it -> event.isInstance(it) && test.test(event.cast(it))));
        return socket.events().await(event, test);
    }

    // ---- names

    /** Each address of a name is another one that is silent, but for the last. */
    @Test
    void nameWithSilentAddressesIsConnectedAtTheOneThatAnswers() {
        lab.part("here", "silent");
        lab.part("here", "mute");
        try (var host = lab.listen("there:1")) {
            connect(new VirtualTransport(lab, "here") {
                @Override
                public List<Route> resolve(String address, Settings with) {
                    return List.of(route("silent:1"), route("mute:1"), route("there:1"));
                }
            });

            assertThat(told(Connected.class).peer()).isEqualTo("there");
            host.accept();
        }
        assertThat(socket.events().count(ConnectFailed.class)).isZero();
    }

    @Test
    void transportThatGivesNoWayIsToldOfAndAskedAgain() {
        var asked = new AtomicInteger();
        connect(new VirtualTransport(lab, "here") {
            @Override
            public List<Route> resolve(String address, Settings with) {
                asked.incrementAndGet();
                return List.of();
            }
        });

        assertThat(told(ConnectFailed.class).reason()).contains("gives no way to reach it");
        lab.until("it is asked again", () -> asked.get() > 2);
    }

    @Test
    void namesAreLookedUpByTheResolverAlsoThatOfASource() {
        var resolver = new ArrayDeque<Runnable>();
        var asked = new AtomicInteger();
        var transport = new TcpTransport() {
            @Override
            public List<Route> resolve(String address, Settings with) throws IOException {
                asked.incrementAndGet();
                throw new IOException("nobody knows it");
            }
        };
        connect(transport, resolver::add, "no-such-name.invalid:0;127.0.0.1:1");
        lab.until("the resolver has work", () -> !resolver.isEmpty());
        assertThat(asked).as("asked on the I/O thread").hasValue(0);

        resolver.remove().run();

        assertThat(told(ConnectFailed.class).reason()).isEqualTo("the name does not resolve: nobody knows it");
    }

    @Test
    void resolverThatFailsInWhateverWayIsAskedAgain() {
        connect(new Naming() {
            @Override
            public List<Route> resolve(String address, Settings with) {
                if (asked.incrementAndGet() % 2 == 0) {
                    throw new IllegalStateException("odd");
                }
                throw new StackOverflowError();
            }
        });

        told(ConnectFailed.class, failed -> failed.reason().contains("StackOverflow"));
        told(ConnectFailed.class, failed -> failed.reason().contains("odd"));
    }

    @Test
    void resolverWithoutAThreadIsAskedAgain() {
        var transport = new Naming();
        connect(
                transport,
                task -> {
                    if (transport.asked.getAndIncrement() == 0) {
                        throw new OutOfMemoryError("no thread to be had");
                    }
                    task.run();
                },
                "there:1");

        told(ConnectFailed.class, failed -> failed.reason().contains("no thread to be had"));
        told(RetryScheduled.class);
        told(ConnectFailed.class, failed -> !failed.reason().contains("no thread to be had"));
    }

    // ---- connections

    @Test
    void linkThatCannotBeTakenOverIsClosed() {
        try (var host = lab.listen("there:1")) {
            lab.linksHaveNoNames();
            connect();

            assertThat(host.accept().expectClosed()).isEmpty();
        }
        assertThat(told(ConnectFailed.class).reason()).contains("has no name");
    }

    @Test
    void connectionThatNobodyCanBeToldOfIsTheOnlyOne() {
        socket.failToTell(Connected.class);
        try (var host = lab.listen("there:1")) {
            connect();

            assertThat(host.accept().read(10)).as("octets of a greeting").startsWith(0xFF);
        }
        assertThat(socket.events().count(ConnectFailed.class)).isZero();
    }

    @Test
    void lostConnectionThatTheSocketCannotHearOfIsReplaced() {
        socket.failToHear();
        try (var host = lab.listen("there:1")) {
            connect();
            try (var first = host.accept()) {
                first.send(Hex.join(Zmtp.greeting(), Zmtp.ready("PUSH", "")));
                told(HandshakeSucceeded.class);
            }

            assertThat(host.accept().read(10)).as("of another greeting").startsWith(0xFF);
        }
    }

    // ---- without memory to tell anybody

    private static Stream<Class<? extends SocketEvent>> eventsOfAFailedAttempt() {
        return Stream.of(ConnectFailed.class, RetryScheduled.class);
    }

    @ParameterizedTest
    @MethodSource("eventsOfAFailedAttempt")
    void attemptIsMadeAgainThoughNobodyCanBeToldOf(Class<? extends SocketEvent> event) {
        socket.failToTell(event);
        var transport = new Naming() {
            @Override
            public List<Route> resolve(String address, Settings with) throws IOException {
                asked.incrementAndGet();
                throw new IOException("nobody knows it");
            }
        };
        connect(transport);

        lab.until("it is asked again", () -> transport.asked.get() > 2);
    }

    @Test
    void endThatNobodyCanBeToldOfIsAnEnd() {
        socket.failToTell(Closed.class);
        var connector = connect();
        connector.close(0);
        lab.until("it is over", () -> connector.finished().isDone());
    }

    @Test
    void connectorWhoseThreadHasStoppedIsOver() {
        reactor.stop();
        var connector = connect();
        assertThat(connector.isOver()).isTrue();
        assertThat(connector.finished()).isDone();
    }
}
