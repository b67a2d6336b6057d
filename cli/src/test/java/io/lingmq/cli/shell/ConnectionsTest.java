package io.lingmq.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.SocketEvent;
import io.lingmq.event.SocketEvent.AuthenticationFailed;
import io.lingmq.event.SocketEvent.ConnectFailed;
import io.lingmq.event.SocketEvent.Connected;
import io.lingmq.event.SocketEvent.Disconnected;
import io.lingmq.event.SocketEvent.HandshakeFailed;
import io.lingmq.event.SocketEvent.HandshakeSucceeded;
import io.lingmq.event.SocketEvent.Listening;
import io.lingmq.event.SocketEvent.RetryScheduled;
import io.lingmq.option.SocketType;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Why there is nobody to talk to, and when a person is told. */
class ConnectionsTest {
    private static final String E = "tcp://h:1";
    private static final SocketEvent REFUSED = new ConnectFailed(E, "refused");
    private static final SocketEvent PEER_IS_THERE = new HandshakeSucceeded(E, "1.2.3.4:1", SocketType.REP);

    private final Connections connections = new Connections();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StuckNotice notice = new StuckNotice(
            connections,
            new Console(
                    InputStream.nullInputStream(),
                    System.out,
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    false,
                    true,
                    () -> 100,
                    code -> {}));

    private String told() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void lookAfter(long ms) {
        notice.look(TimeUnit.MILLISECONDS.toNanos(ms));
    }

    private void hear(SocketEvent... events) {
        for (var event : events) {
            connections.hear(event);
        }
    }

    @Test
    void whatHasNotAnsweredIsTold() {
        connections.expect(E);
        assertThat(connections.why()).isEqualTo(": tcp://h:1: cannot connect: no answer yet");
        hear(REFUSED, new RetryScheduled(E, Duration.ofSeconds(1)));
        assertThat(connections.why()).isEqualTo(": tcp://h:1: cannot connect: refused");
    }

    @Test
    void failedHandshakeIsNotForgottenWhenItConnectsAgain() {
        hear(new Connected(E, "p"), new HandshakeFailed(E, "p", "no ZeroMQ"), new Connected(E, "p"));
        assertThat(connections.why()).endsWith("has failed: no ZeroMQ");
        hear(new AuthenticationFailed(E, "p", 400, "who?"), new Connected(E, "p"));
        assertThat(connections.why()).endsWith("was refused: 400 who?");
    }

    @Test
    void whereAPeerIsThereIsNothingToTell() {
        hear(REFUSED, new Connected(E, "p"), PEER_IS_THERE);
        assertThat(connections.why()).isEmpty();
        hear(new Disconnected(E, "p", "reset"));
        assertThat(connections.why()).isEqualTo(": tcp://h:1: the connection to p has ended: reset");
    }

    @Test
    void connectionThatEndsWithTheSocketIsNoReason() {
        hear(PEER_IS_THERE);
        connections.end();
        hear(new Disconnected(E, "p", "closed by this side"));
        assertThat(connections.why()).isEmpty();
        hear(REFUSED);
        assertThat(connections.why()).endsWith("refused");
    }

    @Test
    void onlyTheFirstOfManyAreTold() {
        for (var i = 1; i <= 5; i++) {
            hear(new ConnectFailed("tcp://h:" + i, "refused"));
        }
        assertThat(connections.why())
                .contains("tcp://h:3")
                .doesNotContain("tcp://h:4")
                .endsWith("; and 2 more");
    }

    @Test
    void personIsToldOnceWhatHasLastedTwoSeconds() {
        hear(REFUSED);
        lookAfter(0);
        lookAfter(1999);
        assertThat(told()).isEmpty();
        lookAfter(2000);
        lookAfter(2250);
        assertThat(told()).isEqualTo("waiting: tcp://h:1: cannot connect: refused" + System.lineSeparator());
    }

    @Test
    void personIsToldAgainAfterAPeerWasThere() {
        hear(REFUSED);
        lookAfter(0);
        lookAfter(2000);
        hear(PEER_IS_THERE);
        lookAfter(3000);
        hear(REFUSED);
        lookAfter(4000);
        lookAfter(6000);
        assertThat(told().lines()).hasSize(2);
    }

    @Test
    void serverThatWaitsForClientsIsInNoTrouble() {
        hear(new Listening(E));
        lookAfter(0);
        lookAfter(9000);
        hear(PEER_IS_THERE, new Disconnected(E, "p", "closed"));
        lookAfter(10_000);
        lookAfter(19_000);
        assertThat(told()).isEmpty();
        assertThat(connections.why()).isNotEmpty();
    }
}
