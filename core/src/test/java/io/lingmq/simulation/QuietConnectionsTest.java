package io.lingmq.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Zmtp;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Connections on which nothing happens for hours, and nobody has set any heartbeat: the dead are found, no other. */
class QuietConnectionsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration LEAST = Duration.ofSeconds(90);
    private static final Duration MOST = Duration.ofMinutes(2);
    private static final byte[] PING = Zmtp.ping(0, "quiet");

    private final Lab lab = new Lab(1);

    private Player player(String host, SocketType type, Settings settings) {
        return new Player(lab.world(), lab.network(), host, type, settings);
    }

    private Player bound(SocketType type, Settings settings) {
        var player = player("there", type, settings).bindsTo("1");
        player.open();
        return player;
    }

    private Player connected(SocketType type, Settings settings) {
        var player = player("here", type, settings).connectsTo("there:1");
        player.open();
        return player;
    }

    private static long peers(Player player) {
        return player.socket().statistics().peers();
    }

    private void awaitPeer(Player player) {
        lab.until("the peer is there", () -> peers(player) == 1);
    }

    /** Lets time pass, and checks all along that the peer stays. */
    private void staysFor(Duration time, Player player) {
        assertThat(lab.world().await(() -> peers(player) == 0, time.toNanos()))
                .as("lost")
                .isFalse();
    }

    private void isLostWithin(Duration least, Duration most, Player player) {
        var beginNs = lab.world().nowNs();
        lab.until("the peer is lost", () -> peers(player) == 0);
        assertThat(Duration.ofNanos(lab.world().nowNs() - beginNs)).isBetween(least, most);
    }

    /** A peer that says what it is told to a socket that connects to it. */
    private VirtualPeer scripted(Player player, String type) {
        var host = lab.listen("there:1");
        player.connectsTo("there:1").open();
        return host.accept().open(type);
    }

    /** All that the peer has heard, until the socket closes. */
    private static byte[] heard(VirtualPeer peer, Player player) {
        player.close();
        return peer.expectClosed();
    }

    // ---- the dead

    @Test
    void peerThatIsGoneWithoutAWordIsMissedOnBothSides() {
        var pull = bound(SocketType.PULL, Settings.defaults());
        var push = connected(SocketType.PUSH, Settings.defaults());
        awaitPeer(push);
        lab.pass(HOUR);
        lab.part("here", "there");
        lab.pass(LEAST.minus(Duration.ofSeconds(31))); // the last PONG may have been half a minute ago
        assertThat(peers(push)).isEqualTo(1);
        assertThat(peers(pull)).isEqualTo(1);
        lab.pass(MOST.minus(LEAST).plus(Duration.ofSeconds(31)));
        assertThat(peers(push)).isZero();
        assertThat(peers(pull)).isZero();
    }

    @Test
    void peerThatNeverSaysAnythingIsLostAfterAMinuteAndAHalf() {
        var pull = player("here", SocketType.PULL, Settings.defaults());
        try (var peer = scripted(pull, "PUSH")) {
            awaitPeer(pull);
            isLostWithin(LEAST.minus(SECOND), MOST, pull);
            peer.expect(PING);
        }
    }

    @Test
    void peerThatHasReadAllItsMessagesIsLostLikeAnyOther() {
        var push = player("here", SocketType.PUSH, Settings.defaults());
        try (var peer = scripted(push, "PULL")) {
            awaitPeer(push);
            assertThat(push.socket().trySend(Message.of("m"))).isTrue();
            peer.expect(Zmtp.message("m")).expect(PING).send(Zmtp.pong("quiet"));
            isLostWithin(LEAST, MOST, push);
        }
    }

    // ---- the living

    @Test
    void idlePeersStay() {
        bound(SocketType.PULL, Settings.defaults());
        var push = connected(SocketType.PUSH, Settings.defaults());
        awaitPeer(push);
        staysFor(DAY, push);
    }

    @Test
    void peerThatSaysOneOctetAMinuteStays() {
        var pull = player("here", SocketType.PULL, Settings.defaults());
        try (var peer = scripted(pull, "PUSH")) {
            peer.send(Zmtp.longFrame(0, 100_000, new byte[0]));
            awaitPeer(pull);
            for (var i = 0; i < 1440; i++) {
                staysFor(MINUTE, pull);
                peer.expect(PING).send(new byte[1]);
            }
            isLostWithin(LEAST.minus(SECOND), MOST, pull);
        }
    }

    @Test
    void receiverThatIsFullStays() {
        var pull = bound(SocketType.PULL, Settings.defaults().with(Options.RECEIVE_HWM, 1));
        var push = connected(SocketType.PUSH, Settings.defaults());
        awaitPeer(push);
        staysFor(HOUR, push); // it has been pinged before
        for (var i = 0; i < 5; i++) {
            assertThat(push.socket().trySend(Message.of("m" + i))).isTrue();
        }
        staysFor(DAY, push);
        staysFor(HOUR, pull);
        for (var i = 0; i < 5; i++) {
            lab.until("a message", () -> pull.socket().canReceive());
            assertThat(pull.socket().tryReceive()).isEqualTo(Message.of("m" + i));
        }
    }

    /** As libzmq does at its mark: the PING stands behind a message. */
    @Test
    void peerThatHasAMessageToReadAndSaysNothingStays() {
        var push = player("here", SocketType.PUSH, Settings.defaults());
        try (var peer = scripted(push, "PULL")) {
            awaitPeer(push);
            assertThat(push.socket().trySend(Message.of("m"))).isTrue();
            staysFor(DAY, push);
            assertThat(heard(peer, push)).as("one PING a silence").hasSize(3 + PING.length);
        }
    }

    /** It answers now and then, but has not read as far as the PING. */
    @Test
    void peerThatIsFullAndSendsMessagesStays() {
        var dealer = player("here", SocketType.DEALER, Settings.defaults());
        try (var peer = scripted(dealer, "ROUTER")) {
            awaitPeer(dealer);
            assertThat(dealer.socket().trySend(Message.of("work"))).isTrue();
            for (var i = 0; i < 10; i++) {
                staysFor(Duration.ofMinutes(10), dealer);
                peer.send(Zmtp.message("answer"));
            }
        }
    }

    // ---- who is not asked

    @Test
    void peerOfAnOlderVersionIsNeitherAskedNorLost() {
        var pull = player("here", SocketType.PULL, Settings.defaults());
        var host = lab.listen("there:1");
        pull.connectsTo("there:1").open();
        try (var peer = host.accept().send(Zmtp.greeting(3, 0, "NULL"))) {
            peer.read(Zmtp.GREETING_SIZE);
            peer.ready(Zmtp.ready("PUSH"));
            awaitPeer(pull);
            staysFor(DAY, pull);
            assertThat(heard(peer, pull)).isEmpty();
        }
    }

    @Test
    void zeroTurnsItOff() {
        var pull = player("here", SocketType.PULL, Settings.defaults().with(Options.HEARTBEAT_INTERVAL, Duration.ZERO));
        try (var peer = scripted(pull, "PUSH")) {
            awaitPeer(pull);
            staysFor(DAY, pull);
            assertThat(heard(peer, pull)).isEmpty();
        }
    }

    @Test
    void peerThatSpeaksIsNotAsked() {
        var pull = player("here", SocketType.PULL, Settings.defaults());
        try (var peer = scripted(pull, "PUSH")) {
            awaitPeer(pull);
            for (var i = 0; i < 1000; i++) {
                peer.send(Zmtp.message("m"));
                lab.until("a message", () -> pull.socket().tryReceive() != null);
                lab.pass(Duration.ofSeconds(29));
            }
            assertThat(heard(peer, pull)).isEmpty();
        }
    }

    /** What is written to a peer that has sent all and gone may cost what has not been read yet. */
    @Test
    void nothingIsWrittenWhileReadingPauses() {
        var pull = player("here", SocketType.PULL, Settings.defaults().with(Options.RECEIVE_HWM, 1));
        try (var peer = scripted(pull, "PUSH")) {
            awaitPeer(pull);
            peer.send(PING).expect(Zmtp.pong("quiet"));
            for (var i = 0; i < 5; i++) {
                peer.send(Zmtp.message("m"));
            }
            staysFor(DAY, pull);
            for (var i = 0; i < 5; i++) {
                lab.until("a message", () -> pull.socket().tryReceive() != null);
            }
            assertThat(heard(peer, pull)).isEmpty();
        }
    }

    // ---- when it was us

    @Test
    void nobodyIsLostWhenTheMachineHasSlept() {
        var pull = bound(SocketType.PULL, Settings.defaults());
        var push = connected(SocketType.PUSH, Settings.defaults());
        awaitPeer(push);
        for (var i = 0; i < 200; i++) {
            staysFor(Duration.ofMillis(777L * i), push); // at any moment between a PING and the next
            lab.world().time.pass(HOUR.toNanos());
        }
        staysFor(HOUR, push);
        staysFor(HOUR, pull);
    }

    /** Its answer was lost with the machine's network, and comes late. */
    @Test
    void peerHasOneMoreIntervalAfterAPauseOfOurs() {
        for (var answers : new boolean[] {true, false}) {
            var pull = player("here", SocketType.PULL, Settings.defaults());
            try (var host = lab.listen("there:1")) {
                pull.connectsTo("there:1").open();
                var peer = host.accept().open("PUSH");
                awaitPeer(pull);
                peer.expect(PING);
                lab.world().time.pass(HOUR.toNanos());
                staysFor(Duration.ofSeconds(29), pull);
                if (answers) {
                    peer.send(Zmtp.pong("quiet"));
                    staysFor(LEAST.minus(SECOND), pull);
                } else {
                    isLostWithin(Duration.ZERO, Duration.ofSeconds(2), pull);
                }
                pull.close();
            }
        }
    }
}
