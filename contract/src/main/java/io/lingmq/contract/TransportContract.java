package io.lingmq.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.DealerSocket;
import io.lingmq.PushSocket;
import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.event.Peer;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.testkit.Bodies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link io.lingmq.transport.Transport} has to keep, as its user sees it. A transport proves itself with a
 * subclass of a few lines, which JUnit runs as a test. The sockets find the transport by its scheme, as those of a
 * program do; so {@code META-INF/services} or the module descriptor must name it.
 *
 * <p>Threading: as JUnit wants it; two contexts with their I/O threads for each test, which are closed after it.
 */
public abstract class TransportContract {
    private static final int[] SIZES = {0, 1, 254, 255, 256, 257, 4095, 4096, 65_535, 65_536, 1_000_003};
    private static final int PEERS = 20;
    private static final int MANY = 2000;
    private static final int MEBIBYTE = 1 << 20;
    private static final Duration A_WHILE = Duration.ofMillis(200);

    private final TwoSides sides = new TwoSides();

    /** For subclasses. */
    protected TransportContract() {}

    /** An endpoint that nobody uses, with its scheme; it can be connected to before it is bound. */
    protected abstract String freshEndpoint();

    /** Endpoints that a bind refuses with {@link ErrorCode#INVALID}; none if every text is an address. */
    protected abstract List<String> malformedEndpoints();

    /** Endpoints for which the transport chooses an address when they are bound; none if it never does. */
    protected abstract List<String> wildcards();

    @AfterEach
    final void closeBothSides() {
        sides.close();
    }

    /** Sends until there has been no room for a while, and returns how many messages went. */
    private static int sendUntilFull(PushSocket push) throws InterruptedException {
        var sent = 0;
        while (push.send(Message.of(Bodies.of(sent, MEBIBYTE)), A_WHILE)) {
            sent++;
            assertThat(sent).as("MiB that nobody reads").isLessThan(500);
        }
        return sent;
    }

    @Test
    final void bindComesBeforeConnect() throws InterruptedException {
        try (var server = sides.binding().rep();
                var client = sides.connecting().req()) {
            client.connect(server.bind(freshEndpoint()));

            client.send("question");
            assertThat(TwoSides.take(server)).isEqualTo(Message.of("question"));
            server.send("answer");
            assertThat(TwoSides.take(client)).isEqualTo(Message.of("answer"));
        }
    }

    @Test
    final void connectComesBeforeBind() throws InterruptedException {
        try (var server = sides.binding().rep();
                var client = sides.connecting().req()) {
            var endpoint = freshEndpoint();
            client.connect(endpoint);
            client.send("early");
            server.bind(endpoint);

            assertThat(TwoSides.take(server)).isEqualTo(Message.of("early"));
        }
    }

    @Test
    final void wildcardIsToldAsTheRealEndpoint() throws InterruptedException {
        for (var wildcard : wildcards()) {
            try (var server = sides.binding().pull();
                    var other = sides.binding().pull();
                    var client = sides.connecting().push()) {
                var endpoint = server.bind(wildcard);
                assertThat(endpoint).isEqualTo(server.lastEndpoint()).isNotEqualTo(other.bind(wildcard));

                client.connect(endpoint);
                client.send("found");
                assertThat(TwoSides.take(server)).isEqualTo(Message.of("found"));
            }
        }
    }

    @Test
    final void messagesOfManySizesPassBothWays() throws InterruptedException {
        try (var one = sides.binding().pair();
                var other = sides.connecting().pair()) {
            other.connect(one.bind(freshEndpoint()));

            for (var size : SIZES) {
                var message = Message.of(Bodies.of(size, size), Bodies.of(1, 1), Bodies.of(2, size));
                other.send(message);
                assertThat(TwoSides.take(one)).as("%d bytes", size).isEqualTo(message);
                one.send(message);
                assertThat(TwoSides.take(other)).as("%d bytes back", size).isEqualTo(message);
            }
        }
    }

    @Test
    final void manyPeersAreToldApart() throws InterruptedException {
        try (var server = sides.binding().router()) {
            var endpoint = server.bind(freshEndpoint());
            var clients = new ArrayList<DealerSocket>();
            for (var i = 0; i < PEERS; i++) {
                var client = sides.connecting().dealer();
                clients.add(client);
                client.connect(endpoint);
                client.send("from " + i);
            }
            for (var i = 0; i < PEERS; i++) {
                server.send(TwoSides.take(server));
            }
            for (var i = 0; i < PEERS; i++) {
                assertThat(TwoSides.take(clients.get(i))).isEqualTo(Message.of("from " + i));
            }
            TwoSides.awaitPeers(server, PEERS);
        }
    }

    @Test
    final void slowReaderHoldsTheSenderBackAndLosesNothing() throws InterruptedException {
        try (var pull = sides.binding().pull();
                var push = sides.connecting().push()) {
            pull.set(Options.RECEIVE_HWM, 1);
            push.set(Options.SEND_HWM, 1);
            push.connect(pull.bind(freshEndpoint()));
            TwoSides.awaitPeers(push, 1);

            var sent = sendUntilFull(push);
            for (var i = 0; i < sent; i++) {
                assertThat(TwoSides.take(pull)).isEqualTo(Message.of(Bodies.of(i, MEBIBYTE)));
            }
            push.send("and on");
            assertThat(TwoSides.take(pull)).isEqualTo(Message.of("and on"));
        }
    }

    @Test
    final void allThatWasWrittenArrivesBeforeTheEnd() throws InterruptedException {
        try (var pull = sides.binding().pull()) {
            try (var push = sides.connecting().push()) {
                push.connect(pull.bind(freshEndpoint()));
                for (var i = 0; i < MANY; i++) {
                    push.send("number " + i);
                }
            }
            for (var i = 0; i < MANY; i++) {
                assertThat(TwoSides.take(pull)).isEqualTo(Message.of("number " + i));
            }
            TwoSides.awaitPeers(pull, 0);
        }
    }

    @Test
    final void closeOfEitherSideIsSeenByTheOther() {
        try (var staying = sides.binding().pair()) {
            var endpoint = staying.bind(freshEndpoint());
            try (var leaving = sides.connecting().pair()) {
                leaving.connect(endpoint);
                TwoSides.awaitPeers(staying, 1);
            }
            TwoSides.awaitPeers(staying, 0);
        }
        try (var staying = sides.connecting().pair()) {
            try (var leaving = sides.binding().pair()) {
                staying.connect(leaving.bind(freshEndpoint()));
                TwoSides.awaitPeers(staying, 1);
            }
            TwoSides.awaitPeers(staying, 0);
        }
    }

    @Test
    final void addressInUseIsRefused() throws InterruptedException {
        try (var first = sides.binding().pull();
                var second = sides.connecting().pull();
                var client = sides.connecting().push()) {
            var endpoint = first.bind(freshEndpoint());

            assertThatThrownBy(() -> second.bind(endpoint))
                    .isInstanceOfSatisfying(
                            EndpointException.class, it -> assertThat(it.code()).isEqualTo(ErrorCode.ADDRESS_IN_USE));
            client.connect(endpoint);
            client.send("to the first");
            assertThat(TwoSides.take(first)).isEqualTo(Message.of("to the first"));
        }
    }

    @Test
    final void unboundAddressCanBeBoundAgainByAnother() throws InterruptedException {
        try (var first = sides.binding().pull();
                var second = sides.binding().pull();
                var client = sides.connecting().push()) {
            var endpoint = first.bind(freshEndpoint());
            first.unbind(endpoint);
            assertThat(second.bind(endpoint)).isEqualTo(endpoint);

            client.connect(endpoint);
            client.send("to the second");
            assertThat(TwoSides.take(second)).isEqualTo(Message.of("to the second"));
        }
    }

    @Test
    final void connectionIsMadeAgainWhenTheListenerComesBack() throws InterruptedException {
        try (var client = sides.connecting().push()) {
            var endpoint = freshEndpoint();
            client.connect(endpoint);
            for (var life = 1; life <= 3; life++) {
                try (var server = sides.binding().pull()) {
                    server.bind(endpoint);
                    client.send("life " + life);
                    assertThat(TwoSides.take(server)).isEqualTo(Message.of("life " + life));
                }
                TwoSides.awaitPeers(client, 0);
            }
        }
    }

    @Test
    final void malformedAddressIsRefused() {
        try (var socket = sides.binding().pull()) {
            for (var endpoint : malformedEndpoints()) {
                assertThatThrownBy(() -> socket.bind(endpoint))
                        .as(endpoint)
                        .isInstanceOfSatisfying(
                                EndpointException.class,
                                it -> assertThat(it.code()).isEqualTo(ErrorCode.INVALID));
                assertThatThrownBy(() -> socket.connect(endpoint))
                        .as(endpoint)
                        .isInstanceOfSatisfying(
                                EndpointException.class,
                                it -> assertThat(it.code()).isEqualTo(ErrorCode.INVALID));
            }
        }
    }

    @Test
    final void bothSidesSayWhoTheirPeerIs() {
        try (var server = sides.binding().pair();
                var client = sides.connecting().pair()) {
            client.connect(server.bind(freshEndpoint()));
            TwoSides.awaitPeers(server, 1);
            TwoSides.awaitPeers(client, 1);

            assertThat(server.peers()).singleElement().extracting(Peer::address).isNotEqualTo("");
            assertThat(client.peers()).singleElement().extracting(Peer::address).isNotEqualTo("");
        }
    }

    @Test
    final void immediateSocketTakesNothingForAPeerThatIsNotThere() throws InterruptedException {
        try (var client = sides.connecting().push();
                var server = sides.binding().pull()) {
            var endpoint = freshEndpoint();
            client.set(Options.IMMEDIATE, true);
            client.connect(endpoint);
            assertThat(client.trySend(Message.of("to nobody"))).isFalse();

            server.bind(endpoint);
            client.send("to somebody");
            assertThat(TwoSides.take(server)).isEqualTo(Message.of("to somebody"));
        }
    }
}
