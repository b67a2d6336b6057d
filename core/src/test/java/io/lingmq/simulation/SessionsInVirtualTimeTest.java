package io.lingmq.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.event.SocketEvent;
import io.lingmq.event.SocketEvent.ConnectFailed;
import io.lingmq.event.SocketEvent.Connected;
import io.lingmq.event.SocketEvent.HandshakeFailed;
import io.lingmq.event.SocketEvent.RetryScheduled;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.reactor.SteppedReactor;
import io.lingmq.session.Connector;
import io.lingmq.session.SessionOwnerRecorder;
import io.lingmq.transport.Endpoint;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What takes minutes or days, and what is to happen at the very moment. */
class SessionsInVirtualTimeTest {
    private static final long MS = 1_000_000;
    private static final long MINUTE = 60_000 * MS;
    private static final long DAY = 24 * 60 * MINUTE;

    private final World world = new World(1);
    private final VirtualNetwork network = new VirtualNetwork(world);
    private final SteppedReactor reactor = new SteppedReactor("io", world, 2);
    private final SessionOwnerRecorder socket = new SessionOwnerRecorder();

    private Connector connect(Settings settings) {
        var connector = new Connector(
                reactor,
                Runnable::run,
                new SplittableRandom(1),
                socket,
                new VirtualTransport(network, "here"),
                new Endpoint(VirtualTransport.SCHEME, "there:1"),
                settings);
        connector.start();
        return connector;
    }

    /** Lets the world go on until something is told; how long that took, in nanoseconds. */
    private long until(Class<? extends SocketEvent> event) {
        var beginNs = world.nowNs();
        assertThat(world.await(() -> socket.events().count(event) > 0, DAY)).isTrue();
        return world.nowNs() - beginNs;
    }

    @Test
    void waitsBetweenAttemptsDoubleUpToTheLongest() {
        connect(Settings.defaults()
                .with(Options.RECONNECT_INTERVAL, Duration.ofMillis(100))
                .with(Options.RECONNECT_INTERVAL_MAX, Duration.ofSeconds(10)));

        world.runUntil(10 * MINUTE);

        var expectedMs = 100.0;
        for (var event : socket.events().all()) {
            if (event instanceof RetryScheduled retry) {
                assertThat(retry.delay().toNanos() / 1e6).isBetween(expectedMs, 1.25 * expectedMs);
                expectedMs = Math.min(10_000, 2 * expectedMs);
            }
        }
        assertThat(expectedMs).isEqualTo(10_000);
        assertThat(socket.events().count(ConnectFailed.class)).isBetween(50L, 70L);
    }

    @Test
    void attemptWithoutAnAnswerEndsWithItsTimeOut() {
        network.part("here", "there");
        connect(Settings.defaults().with(Options.CONNECT_TIMEOUT, Duration.ofMinutes(3)));

        assertThat(until(ConnectFailed.class)).isBetween(3 * MINUTE, 3 * MINUTE + MS);
        assertThat(socket.events().await(ConnectFailed.class).reason())
                .isEqualTo("no answer within the connect time-out");
    }

    @Test
    void peerThatSaysNothingIsGivenUpAfterTheHandshakeTimeOut() {
        try (var silent = new VirtualAcceptor(network, "there", "1")) {
            assertThat(silent.endpoint()).isEqualTo("sim://there:1");
            connect(Settings.defaults().with(Options.HANDSHAKE_TIMEOUT, Duration.ofMinutes(7)));
            until(Connected.class);

            assertThat(until(HandshakeFailed.class)).isBetween(7 * MINUTE - MS, 7 * MINUTE + MS);
        }
    }

    @Test
    void whatCannotLeaveIsGivenUpWhenLingerIsOver() {
        var connector = connect(Settings.defaults());
        socket.attached().get(0).send(Message.of("nobody comes for it"));
        connector.close(10 * MINUTE);

        assertThat(world.await(() -> connector.finished().isDone(), DAY)).isTrue();

        assertThat(world.nowNs()).isBetween(10 * MINUTE, 10 * MINUTE + MS);
        assertThat(connector.finished()).isCompletedWithValue(1L);
    }

    private Player player(String host, SocketType type, Settings settings) {
        return new Player(world, network, host, type, settings);
    }

    private static Settings beating(Duration interval) {
        return Settings.defaults().with(Options.HEARTBEAT_INTERVAL, interval);
    }

    @Test
    void peerThatIsGoneWithoutAWordIsMissedAfterTwoHeartbeats() {
        player("there", SocketType.PULL, beating(Duration.ofMinutes(1)))
                .bindsTo("1")
                .open();
        var push =
                player("here", SocketType.PUSH, beating(Duration.ofMinutes(1))).connectsTo("there:1");
        push.open();
        assertThat(world.await(() -> push.socket().statistics().peers() == 1, MINUTE))
                .isTrue();

        network.links().get(0).fallSilent(DAY);
        var beginNs = world.nowNs();
        assertThat(world.await(() -> push.socket().statistics().peers() == 0, DAY))
                .isTrue();

        assertThat(world.nowNs() - beginNs).isBetween(MINUTE, 3 * MINUTE);
    }

    /** Behind a queue the PINGs are not seen, just before the second one above all. */
    @Test
    void receiverThatBecomesFullIsNotGivenUpHoweverShortTheInterval() {
        var interval = Duration.ofMillis(100);
        for (var afterMs = 80; afterMs < 100; afterMs++) {
            var host = "there" + afterMs;
            player(host, SocketType.PULL, beating(interval).with(Options.RECEIVE_HWM, 1))
                    .bindsTo("1")
                    .open();
            var push =
                    player("here" + afterMs, SocketType.PUSH, beating(interval)).connectsTo(host + ":1");
            push.open();
            assertThat(world.await(() -> push.socket().statistics().peers() == 1, MINUTE))
                    .isTrue();
            world.runUntil(world.nowNs() + Duration.ofMillis(afterMs).toNanos());
            while (push.socket().trySend(Message.of("a queue"))) {
                // until the mark
            }

            assertThat(world.await(
                            () -> push.socket().statistics().peers() == 0,
                            Duration.ofSeconds(2).toNanos()))
                    .as("given up, full after %d ms", afterMs)
                    .isFalse();
        }
    }

    @Test
    void hostsThatWerePartedForADayFindEachOtherAgain() {
        var pull =
                player("there", SocketType.PULL, beating(Duration.ofSeconds(1))).bindsTo("1");
        pull.open();
        var push =
                player("here", SocketType.PUSH, beating(Duration.ofSeconds(1))).connectsTo("there:1");
        push.open();
        world.runUntil(MINUTE);
        network.part("here", "there");
        world.runUntil(DAY);
        assertThat(push.socket().statistics().peers()).isZero();
        assertThat(push.socket().trySend(Message.of("after all"))).isTrue();

        network.heal();
        world.runUntil(DAY + 3_000 * MS);

        assertThat(pull.socket().tryReceive()).isEqualTo(Message.of("after all"));
        assertThat(reactor.timerCount()).isLessThan(100);
    }
}
