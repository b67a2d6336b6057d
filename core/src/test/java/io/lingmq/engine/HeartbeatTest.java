package io.lingmq.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.testkit.FakeClock;
import io.lingmq.testkit.Hex;
import io.lingmq.testkit.Zmtp;
import io.lingmq.wire.Command;
import io.lingmq.wire.Dialect;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeartbeatTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration ALMOST = SECOND.minusNanos(1);
    private static final Duration INSTANT = Duration.ofNanos(1);
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    private long nowNs = Duration.ofDays(1).toNanos();

    private Heartbeat every(Duration interval, Duration timeout) {
        return new Heartbeat(
                Settings.defaults().with(Options.HEARTBEAT_INTERVAL, interval).with(Options.HEARTBEAT_TIMEOUT, timeout),
                Dialect.ZMTP_3_1,
                nowNs);
    }

    private Heartbeat off() {
        return every(Duration.ZERO, Duration.ZERO);
    }

    private Heartbeat byDefault() {
        return new Heartbeat(Settings.defaults(), Dialect.ZMTP_3_1, nowNs);
    }

    private long advance(Duration time) {
        nowNs += time.toNanos();
        return nowNs;
    }

    private static Command ping(String hex) {
        return new Command(Command.PING, ByteBuffer.wrap(Hex.bytes(hex)));
    }

    private Duration untilNextLook(Heartbeat beat) {
        return Duration.ofNanos(beat.nextLookNs() - nowNs);
    }

    @Test
    void intervalOfZeroTurnsItOff() {
        var beat = off();
        advance(Duration.ofDays(1000));

        assertThat(beat.pingDue(nowNs)).isNull();
        assertThat(beat.isOver(nowNs)).isFalse();
        assertThat(beat.nextLookNs()).isEqualTo(Heartbeat.NEVER);
    }

    @Test
    void pingsAtEachInterval() {
        var beat = every(SECOND, Duration.ZERO);
        assertThat(untilNextLook(beat)).isEqualTo(SECOND);
        for (var i = 0; i < 100; i++) {
            advance(ALMOST);
            assertThat(beat.pingDue(nowNs)).as("too early for ping %d", i).isNull();
            advance(INSTANT);
            assertThat(beat.pingDue(nowNs)).as("ping %d", i).isNotNull();
            assertThat(beat.pingDue(nowNs)).as("only once").isNull();
            beat.heard(nowNs);
            assertThat(untilNextLook(beat)).isEqualTo(SECOND);
        }
    }

    @Test
    void trafficDoesNotHoldPingsBack() {
        var beat = every(SECOND, Duration.ZERO);
        advance(ALMOST);
        beat.heard(nowNs);
        advance(INSTANT);

        assertThat(beat.pingDue(nowNs)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"0, 00 00", "99, 00 01", "101, 00 02", "100, 00 01", "5000, 00 32", "65600, 02 90", "6553599, FF FF"})
    void pingCarriesTheTimeToLiveInTenthsOfASecond(long ttlMs, String octets) {
        var beat = new Heartbeat(
                Settings.defaults()
                        .with(Options.HEARTBEAT_INTERVAL, SECOND)
                        .with(Options.HEARTBEAT_TTL, Duration.ofMillis(ttlMs)),
                Dialect.ZMTP_3_1,
                nowNs);

        assertThat(Hex.text(beat.pingDue(advance(SECOND)))).isEqualTo("04 07 04 50 49 4E 47 " + octets);
    }

    @Test
    void givesASilentPeerUpAfterTheTimeout() {
        var beat = every(SECOND, SECOND.multipliedBy(3));
        beat.pingDue(advance(SECOND));
        assertThat(beat.isOver(advance(SECOND.multipliedBy(3).minusNanos(1)))).isFalse();

        assertThat(beat.isOver(advance(INSTANT))).isTrue();
    }

    @Test
    void timeoutIsTheIntervalUnlessItIsSet() {
        var beat = every(SECOND, Duration.ZERO);
        beat.pingDue(advance(SECOND));
        assertThat(beat.isOver(advance(ALMOST))).isFalse();

        assertThat(beat.isOver(advance(INSTANT))).isTrue();
    }

    @Test
    void laterPingsDoNotPutTheEndOff() {
        var beat = every(SECOND, Duration.ofMillis(2500));
        for (var i = 0; i < 3; i++) {
            assertThat(beat.pingDue(advance(SECOND))).isNotNull();
        }
        assertThat(untilNextLook(beat)).as("the end comes before the next ping").isEqualTo(Duration.ofMillis(500));
        assertThat(beat.isOver(advance(Duration.ofMillis(499)))).isFalse();
        assertThat(beat.isOver(advance(Duration.ofMillis(1)))).isTrue();
    }

    @Test
    void anythingHeardPutsTheEndOff() {
        var beat = every(SECOND, SECOND);
        for (var i = 0; i < 100; i++) {
            assertThat(beat.pingDue(advance(SECOND))).isNotNull();
            assertThat(beat.isOver(nowNs)).as("after ping %d", i).isFalse();
            beat.heard(nowNs);
        }
    }

    @Test
    void whatWasHeardBeforeThePingDoesNotPutTheEndOff() {
        var beat = every(SECOND, SECOND);
        var heardNs = advance(ALMOST);
        beat.heard(heardNs);
        advance(INSTANT);
        beat.pingDue(nowNs);
        beat.heard(heardNs);

        assertThat(beat.isOver(advance(SECOND))).isTrue();
    }

    @Test
    void fullChannelThatTakesMorePutsTheEndOff() {
        var beat = every(SECOND, SECOND);
        beat.pingDue(advance(SECOND));
        for (var i = 0; i < 10; i++) {
            beat.moved(advance(ALMOST), nowNs);
            assertThat(beat.isOver(nowNs)).isFalse();
        }
        assertThat(beat.isOver(advance(ALMOST))).isFalse();
        assertThat(beat.isOver(advance(INSTANT))).isTrue();
    }

    @Test
    void whatIsOnItsWayHasTimeToGetThere() {
        var beat = every(Duration.ofSeconds(10), SECOND);
        advance(Duration.ofSeconds(10));
        beat.pingDue(nowNs, nowNs + Duration.ofMillis(500).toNanos());
        assertThat(untilNextLook(beat)).isEqualTo(Duration.ofMillis(1500));
        assertThat(beat.isOver(advance(Duration.ofMillis(1499)))).isFalse();
        assertThat(beat.isOver(advance(Duration.ofMillis(1)))).isTrue();
    }

    @Test
    void timeoutsBeyondCountingDoNotOverflow() {
        var beat = every(SECOND, Duration.ofNanos(Long.MAX_VALUE - 1));
        advance(SECOND);
        beat.pingDue(nowNs, nowNs + Long.MAX_VALUE);
        assertThat(beat.isOver(advance(Duration.ofDays(1000)))).isFalse();
        assertThat(untilNextLook(beat)).as("the next PING is overdue").isNegative();
    }

    @Test
    void silenceBeforeTheFirstPingIsNoOffence() {
        var beat = every(SECOND, Duration.ofMillis(1));
        advance(ALMOST);

        assertThat(beat.isOver(nowNs)).isFalse();
    }

    @Test
    void pingsGoOnWhenThePeerMayBeSilentForEver() {
        var beat = every(SECOND, Options.FOREVER);
        for (var i = 0; i < 5; i++) {
            assertThat(untilNextLook(beat)).as("before ping %d", i).isEqualTo(SECOND);
            assertThat(beat.pingDue(advance(SECOND))).isNotNull();
            assertThat(beat.isOver(nowNs)).isFalse();
        }
    }

    /** {@code System.nanoTime} may begin anywhere, so it may overflow any time. */
    @Test
    void clockMayOverflow() {
        var clock = new FakeClock();
        var beat = new Heartbeat(
                Settings.defaults().with(Options.HEARTBEAT_INTERVAL, SECOND), Dialect.ZMTP_3_1, clock.nowNs());
        for (var i = 0; i < 120; i++) {
            assertThat(Duration.ofNanos(beat.nextLookNs() - clock.nowNs()))
                    .as("before ping %d", i)
                    .isBetween(ALMOST, SECOND.plusNanos(1000));
            assertThat(beat.pingDue(clock.advance(SECOND))).as("ping %d", i).isNotNull();
            assertThat(beat.isOver(clock.nowNs())).isFalse();
            beat.heard(clock.nowNs());
        }
    }

    @Test
    void intervalForEverIsNever() {
        var beat = every(Options.FOREVER, Duration.ZERO);

        assertThat(beat.nextLookNs()).isEqualTo(Heartbeat.NEVER);
        assertThat(beat.pingDue(advance(SECOND))).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 16})
    void pongCarriesThePingsContext(int size) {
        var context = "0123456789abcdef".substring(0, size);

        assertThat(Heartbeat.pong(ping("00 64" + Hex.text(Zmtp.ascii(context)))))
                .isEqualTo(Zmtp.pong(context));
    }

    @Test
    void pongCarriesNoMoreThan16Octets() {
        assertThat(Heartbeat.pong(ping("00 64" + Hex.text(Zmtp.ascii("0123456789abcdefXYZ")))))
                .isEqualTo(Zmtp.pong("0123456789abcdef"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00"})
    void pingWithoutTimeToLiveIsMalformed(String hex) {
        assertThat(Heartbeat.isWellFormed(ping(hex))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00 00", "00 32", "00 32 61"})
    void pingWithTimeToLiveIsWellFormed(String hex) {
        assertThat(Heartbeat.isWellFormed(ping(hex))).isTrue();
    }

    @Test
    void givesAPeerUpThatIsSilentForItsOwnTimeToLive() {
        var beat = off();
        beat.peerTimeToLive(Heartbeat.timeToLiveNs(ping("00 05")));
        assertThat(untilNextLook(beat)).isEqualTo(Duration.ofMillis(500));
        assertThat(beat.isOver(advance(Duration.ofMillis(499)))).isFalse();

        assertThat(beat.isOver(advance(Duration.ofMillis(1)))).isTrue();
    }

    @Test
    void timeToLiveCountsFromWhatWasHeardLast() {
        var beat = off();
        beat.peerTimeToLive(Heartbeat.timeToLiveNs(ping("00 05")));
        advance(Duration.ofMillis(499));
        beat.heard(nowNs);

        assertThat(beat.isOver(advance(Duration.ofMillis(499)))).isFalse();
        assertThat(beat.isOver(advance(Duration.ofMillis(1)))).isTrue();
    }

    /** libzmq computes this in 16 bits. */
    @Test
    void longTimeToLiveDoesNotWrap() {
        var beat = off();
        beat.peerTimeToLive(Heartbeat.timeToLiveNs(ping("FF FF")));

        assertThat(untilNextLook(beat)).isEqualTo(Duration.ofMillis(6_553_500));
        assertThat(beat.isOver(advance(Duration.ofMillis(6_553_499)))).isFalse();
        assertThat(beat.isOver(advance(Duration.ofMillis(1)))).isTrue();
    }

    @Test
    void timeToLiveOfZeroTakesTheDemandBack() {
        var beat = off();
        beat.peerTimeToLive(Heartbeat.timeToLiveNs(ping("00 05")));
        beat.peerTimeToLive(Heartbeat.timeToLiveNs(ping("00 00")));

        assertThat(beat.isOver(advance(Duration.ofHours(5)))).isFalse();
        assertThat(beat.nextLookNs()).isEqualTo(Heartbeat.NEVER);
    }

    @Test
    void olderPeersThanThreeAreNeitherPingedNorGivenUp() {
        for (var dialect : Dialect.values()) {
            var settings = Settings.defaults().with(Options.HEARTBEAT_INTERVAL, SECOND);
            var beat = new Heartbeat(settings, dialect, nowNs);

            assertThat(beat.announcement() != null).as("%s", dialect).isEqualTo(dialect.hasCommands());
            assertThat(beat.nextLookNs() == Heartbeat.NEVER).as("%s", dialect).isEqualTo(!dialect.hasCommands());
            assertThat(beat.isOver(nowNs + 100 * SECOND.toNanos())).isFalse();
        }
    }

    // ---- unless the interval is set

    @Test
    void quietConnectionIsAskedOnceAfterHalfAMinute() {
        var beat = byDefault();
        assertThat(beat.announcement()).isNull();
        assertThat(untilNextLook(beat)).isEqualTo(HALF_A_MINUTE);
        assertThat(beat.pingDue(advance(HALF_A_MINUTE.minusNanos(1)))).isNull();

        assertThat(Hex.text(beat.pingDue(advance(INSTANT)))).isEqualTo("04 0C 04 50 49 4E 47 00 00 71 75 69 65 74");
        assertThat(beat.pingDue(advance(HALF_A_MINUTE)))
                .as("a link loses nothing")
                .isNull();
    }

    @Test
    void whateverComesPutsTheQuestionOff() {
        var beat = byDefault();
        for (var i = 0; i < 100; i++) {
            beat.heard(advance(HALF_A_MINUTE.minusNanos(1)));
            assertThat(beat.pingDue(advance(INSTANT))).isNull();
            assertThat(untilNextLook(beat)).isPositive();
        }
    }

    @Test
    void quietPeerIsLostAMinuteAfterTheQuestion() {
        var beat = byDefault();
        beat.pingDue(advance(HALF_A_MINUTE));
        assertThat(beat.isOver(advance(Duration.ofSeconds(60).minusNanos(1)))).isFalse();
        assertThat(beat.isOver(advance(INSTANT))).isTrue();
    }

    @Test
    void timeoutMayBeSetAlone() {
        var settings = Settings.defaults().with(Options.HEARTBEAT_TIMEOUT, SECOND);
        var beat = new Heartbeat(settings, Dialect.ZMTP_3_1, nowNs);
        beat.pingDue(advance(HALF_A_MINUTE));
        assertThat(beat.isOver(advance(ALMOST))).isFalse();
        assertThat(beat.isOver(advance(INSTANT))).isTrue();
    }

    /** A PING each half a minute would not keep it. */
    @Test
    void timeToLiveIsNotToldWhereTheIntervalIsNotSet() {
        var settings = Settings.defaults().with(Options.HEARTBEAT_TTL, SECOND);
        var ping = new Heartbeat(settings, Dialect.ZMTP_3_1, nowNs).pingDue(advance(HALF_A_MINUTE));
        assertThat(Hex.text(ping)).isEqualTo("04 0C 04 50 49 4E 47 00 00 71 75 69 65 74");
    }

    /** Its own receiver may be full, and the PING behind the message. */
    @Test
    void peerThatMayHaveMessagesToReadIsNotLost() {
        var beat = byDefault();
        beat.wrote(1, false);
        beat.pingDue(advance(HALF_A_MINUTE));
        assertThat(beat.isOver(advance(Duration.ofDays(1)))).isFalse();
        beat.pingDue(nowNs);
        assertThat(untilNextLook(beat)).as("it does not look all the time").isEqualTo(HALF_A_MINUTE);
    }

    @Test
    void peerThatHasAnsweredBehindItsMessagesCanBeLostAgain() {
        var beat = byDefault();
        beat.wrote(1, false);
        beat.pingDue(advance(HALF_A_MINUTE));
        beat.heard(advance(SECOND));
        beat.answered(1);
        assertThat(beat.pingDue(advance(HALF_A_MINUTE))).isNotNull();
        assertThat(beat.isOver(advance(Duration.ofSeconds(60)))).isTrue();
    }

    @Test
    void answerToAnEarlierQuestionProvesNothingOfLaterMessages() {
        var beat = byDefault();
        beat.pingDue(advance(HALF_A_MINUTE));
        beat.heard(advance(SECOND)); // something else than a PONG
        beat.wrote(1, false);
        beat.pingDue(advance(HALF_A_MINUTE));
        beat.answered(1);
        assertThat(beat.isOver(advance(Duration.ofDays(1)))).isFalse();
        beat.answered(2);
        assertThat(beat.isOver(nowNs)).isTrue();
    }

    @Test
    void peerBehindAFullChannelIsNotLost() {
        var beat = byDefault();
        beat.wrote(0, true);
        beat.pingDue(advance(HALF_A_MINUTE));
        assertThat(beat.isOver(advance(Duration.ofDays(1)))).isFalse();
        beat.wrote(0, false);
        assertThat(beat.isOver(nowNs)).isTrue();
    }

    @Test
    void onlyPeersOf31AreAsked() {
        for (var dialect : Dialect.values()) {
            var beat = new Heartbeat(Settings.defaults(), dialect, nowNs);
            assertThat(beat.pingDue(nowNs + HALF_A_MINUTE.toNanos()) != null)
                    .as("%s", dialect)
                    .isEqualTo(dialect == Dialect.ZMTP_3_1);
        }
    }

    @Test
    void intervalThatIsSetToTheDefaultIsAnInterval() {
        var beat = every(HALF_A_MINUTE, Duration.ZERO);
        beat.heard(advance(SECOND));
        assertThat(beat.announcement()).isNotNull();
        assertThat(beat.pingDue(advance(HALF_A_MINUTE))).isNotNull();
        assertThat(beat.isOver(advance(HALF_A_MINUTE))).isTrue();
    }

    @Test
    void signsAreForThoseWhoWaitForThem() {
        assertThat(Heartbeat.wantsSigns(ping("00 00"))).isTrue();
        assertThat(Heartbeat.wantsSigns(ping("00 00 71"))).isTrue();
        assertThat(Heartbeat.wantsSigns(ping("00 00 71 75 69 65 74"))).isFalse();
    }

    // ---- this process stood still

    @Test
    void peerHasOneMoreIntervalAfterAPauseOfOurs() {
        for (var beat : List.of(byDefault(), every(HALF_A_MINUTE, Duration.ofMinutes(1)))) {
            beat.pingDue(advance(HALF_A_MINUTE));
            advance(Duration.ofHours(1));
            beat.lookIsLate(Duration.ofMinutes(59).toNanos(), nowNs);
            assertThat(beat.isOver(nowNs)).isFalse();
            beat.pingDue(nowNs);
            assertThat(untilNextLook(beat)).isEqualTo(HALF_A_MINUTE);
            assertThat(beat.isOver(nowNs + HALF_A_MINUTE.minusNanos(1).toNanos()))
                    .isFalse();
            assertThat(beat.isOver(nowNs + HALF_A_MINUTE.toNanos())).isTrue();
        }
    }

    @Test
    void peersTimeToLiveCountsFromTheEndOfAPauseOfOurs() {
        var beat = off();
        beat.peerTimeToLive(SECOND.toNanos());
        advance(Duration.ofHours(1));
        beat.lookIsLate(SECOND.toNanos(), nowNs);
        assertThat(beat.isOver(advance(ALMOST))).isFalse();
        assertThat(beat.isOver(advance(INSTANT))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"10, 100", "1000, 500"})
    void littleDelaysAreNoPause(long intervalMs, long longestMs) {
        var interval = Duration.ofMillis(intervalMs);
        var beat = every(interval, interval);
        beat.pingDue(advance(interval));
        advance(Duration.ofMinutes(1));
        beat.lookIsLate(Duration.ofMillis(longestMs).toNanos(), nowNs);
        assertThat(beat.isOver(nowNs)).isTrue();
        beat.lookIsLate(Duration.ofMillis(longestMs).toNanos() + 1, nowNs);
        assertThat(beat.isOver(nowNs)).isFalse();
    }
}
