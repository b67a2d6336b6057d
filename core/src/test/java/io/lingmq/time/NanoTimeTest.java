package io.lingmq.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NanoTimeTest {
    private static final long[] DELAYS_IN_ORDER = {
        Long.MIN_VALUE,
        -1,
        0,
        1,
        1_000_000_000,
        Long.MAX_VALUE / 8,
        Long.MAX_VALUE / 4,
        Long.MAX_VALUE / 2,
        Long.MAX_VALUE
    };

    /** A clock may stand anywhere, also just before it wraps around. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, Long.MIN_VALUE / 2, -1, 0, 1, Long.MAX_VALUE / 2, Long.MAX_VALUE})
    void pointsInTimeAreInTheOrderOfTheirDelays(long nowNs) {
        for (var i = 0; i < DELAYS_IN_ORDER.length; i++) {
            var atNs = NanoTime.after(nowNs, DELAYS_IN_ORDER[i]);
            assertThat(NanoTime.isBefore(atNs, nowNs)).isFalse();
            assertThat(NanoTime.isBefore(nowNs, atNs)).isEqualTo(DELAYS_IN_ORDER[i] > 0);
            for (var j = i; j < DELAYS_IN_ORDER.length; j++) {
                var laterNs = NanoTime.after(nowNs, DELAYS_IN_ORDER[j]);
                assertThat(NanoTime.compare(atNs, laterNs)).isNotPositive();
                assertThat(NanoTime.compare(laterNs, atNs)).isNotNegative();
                assertThat(NanoTime.isBefore(laterNs, atNs)).isFalse();
                assertThat(NanoTime.earlier(atNs, laterNs)).isEqualTo(atNs);
                assertThat(NanoTime.earlier(laterNs, atNs)).isEqualTo(atNs);
            }
        }
    }

    /** Long after the later one was made, an earlier one that is made now still comes first. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, Long.MAX_VALUE / 8, Long.MAX_VALUE / 4})
    void farAwayTimeStaysFarAwayWhileTheClockGoesOn(long passedNs) {
        var farNs = NanoTime.after(0, Long.MAX_VALUE);

        assertThat(NanoTime.isBefore(farNs, NanoTime.after(passedNs, 0))).isFalse();
        assertThat(NanoTime.compare(NanoTime.after(passedNs, Long.MAX_VALUE), farNs))
                .isNotNegative();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0",
        "PT0.000000001S, 1",
        "PT-0.000000001S, -1",
        "PT9223372035.999999999S, 9223372035999999999",
        "PT9223372036S, 9223372036854775807",
        "PT9223372036854775807S, 9223372036854775807",
        "PT-2305843008S, -2305843008000000000",
        "PT-2305843009S, -2305843009213693951",
        "PT-9223372036S, -2305843009213693951",
        "PT-9223372036854775808S, -2305843009213693951"
    })
    void durationBeyondCountingIsTheLongest(Duration duration, long nanos) {
        assertThat(NanoTime.of(duration)).isEqualTo(nanos);
    }
}
