package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.support.Seed;
import java.time.Duration;
import java.util.HashSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    /** Adds nothing at random. */
    private static final RandomGenerator LOWEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public long nextLong(long bound) {
            return 0;
        }
    };

    /** Adds as much at random as there can be. */
    private static final RandomGenerator HIGHEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return -1;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    private static Backoff backoff(Duration first, Duration longest, RandomGenerator random) {
        return new Backoff(
                Settings.defaults()
                        .with(Options.RECONNECT_INTERVAL, first)
                        .with(Options.RECONNECT_INTERVAL_MAX, longest),
                random);
    }

    private static long nextMs(Backoff backoff) {
        return Duration.ofNanos(backoff.nextNs()).toMillis();
    }

    @Test
    void doublesUpToTheLongest() {
        var backoff = backoff(FIRST, LONGEST, LOWEST);
        for (var expected : new long[] {100, 200, 400, 800, 1000, 1000, 1000}) {
            assertThat(nextMs(backoff)).isEqualTo(expected);
        }
    }

    @Test
    void addsUpToAQuarterAtRandom() {
        var backoff = backoff(FIRST, LONGEST, HIGHEST);
        for (var base : new long[] {100, 200, 400, 800, 1000, 1000}) {
            assertThat(nextMs(backoff)).isBetween(base + base / 4 - 1, base + base / 4);
        }
    }

    @Test
    void manyClientsDoNotComeBackAtOnce() {
        var random = Seed.random("BackoffTest.manyClientsDoNotComeBackAtOnce");
        var waits = new HashSet<Long>();
        for (var i = 0; i < 100; i++) {
            var wait = backoff(FIRST, LONGEST, random).nextNs();
            assertThat(Duration.ofNanos(wait))
                    .isBetween(FIRST, FIRST.multipliedBy(5).dividedBy(4));
            waits.add(wait);
        }
        assertThat(waits).hasSizeGreaterThan(90);
    }

    @Test
    void beginsAnewAfterAConnection() {
        var backoff = backoff(FIRST, LONGEST, LOWEST);
        nextMs(backoff);
        nextMs(backoff);
        backoff.reset(0);

        assertThat(nextMs(backoff)).isEqualTo(100);
        assertThat(nextMs(backoff)).isEqualTo(200);
    }

    @Test
    void peerThatBrokeARuleWaitsLongest() {
        var backoff = backoff(FIRST, LONGEST, LOWEST);

        assertThat(Duration.ofNanos(backoff.longestNs())).isEqualTo(LONGEST);
        assertThat(nextMs(backoff)).as("and still the next time").isEqualTo(1000);
        backoff.reset(0);
        assertThat(nextMs(backoff)).isEqualTo(100);
    }

    @Test
    void longestBelowTheFirstKeepsTheFirst() {
        for (var longest : new Duration[] {Duration.ZERO, Duration.ofMillis(50)}) {
            var backoff = backoff(FIRST, longest, LOWEST);
            assertThat(nextMs(backoff)).isEqualTo(100);
            assertThat(nextMs(backoff)).isEqualTo(100);
            assertThat(Duration.ofNanos(backoff.longestNs())).isEqualTo(FIRST);
        }
    }

    @Test
    void givesUpOnlyIfTheFirstIsForEver() {
        assertThat(backoff(FIRST, LONGEST, LOWEST).givesUp()).isFalse();
        assertThat(backoff(FIRST, Options.FOREVER, LOWEST).givesUp()).isFalse();
        assertThat(backoff(Options.FOREVER, LONGEST, LOWEST).givesUp()).isTrue();
    }

    @Test
    void waitsNeverOverflow() {
        var growing = backoff(FIRST, Options.FOREVER, HIGHEST);
        for (var i = 0; i < 100; i++) {
            assertThat(growing.nextNs()).as("wait %d", i).isPositive();
        }
        assertThat(backoff(FIRST, Options.FOREVER, HIGHEST).longestNs()).isPositive();
    }

    /** Or it would keep a processor busy as long as the peer is away. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0, 10000000", "3, 0", "1000000, 1000000"})
    void tinyIntervalsGrowToTenMilliseconds(long firstNs, long longestNs) {
        var backoff = backoff(Duration.ofNanos(firstNs), Duration.ofNanos(longestNs), LOWEST);
        for (var expected : new long[] {1, 2, 4, 8, 10, 10, 10}) {
            assertThat(nextMs(backoff)).isEqualTo(expected);
        }
        assertThat(backoff.longestNs()).isEqualTo(10_000_000);
    }

    @Test
    void firstWaitOfZeroGrowsToTheLongest() {
        var backoff = backoff(Duration.ZERO, LONGEST, LOWEST);
        for (var i = 0; i < 50; i++) {
            backoff.nextNs();
        }
        assertThat(Duration.ofNanos(backoff.nextNs())).isEqualTo(LONGEST);
    }

    /** A peer that ends each connection at once would be called without a pause. */
    @Test
    void waitsGrowWhereConnectionsDoNotStand() {
        var backoff = backoff(Duration.ZERO, Duration.ZERO, LOWEST);
        var nowNs = 0L;
        var connections = 0;
        for (; nowNs < 1_000_000_000; connections++) {
            backoff.reset(nowNs);
            nowNs += backoff.nextNs();
        }
        assertThat(connections).isLessThan(300);
    }
}
