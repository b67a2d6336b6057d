package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdaptiveSpinTest {
    private static final long SPIN_NS = 1_000;
    private static final long LONG_SLEEP_NS = TimeUnit.SECONDS.toNanos(1);

    private final AdaptiveSpin spin = new AdaptiveSpin();
    private final AtomicInteger looks = new AtomicInteger();

    @BeforeEach
    void needsTwoProcessors() {
        assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
    }

    private boolean looksInVain() {
        var before = looks.get();
        assertThat(spin.pays(SPIN_NS, true, it -> it.incrementAndGet() < 0, looks))
                .isFalse();
        return looks.get() > before;
    }

    private boolean findsAt(int look) {
        looks.set(0);
        return spin.pays(Long.MAX_VALUE, true, it -> it.incrementAndGet() == look, looks);
    }

    /** How many waits begin with sleep before one looks again. */
    private int waitsThatSleepAtOnce() {
        var count = 0;
        while (!looksInVain()) {
            spin.slept(LONG_SLEEP_NS, SPIN_NS);
            count++;
            assertThat(count).isLessThan(1000);
        }
        return count;
    }

    @Test
    void looksUntilItFinds() {
        assertThat(findsAt(50)).isTrue();
        assertThat(looks).hasValue(50);
    }

    @Test
    void givesUpWhenTheTimeIsOver() {
        assertThat(looksInVain()).isTrue();
    }

    @Test
    void looksTwiceAsLongWhereTheLastLookFoundSomething() {
        assertThat(spin.lookNs(SPIN_NS)).isEqualTo(SPIN_NS / 2);
        assertThat(spin.lookNs(1)).isEqualTo(1);
        findsAt(1);
        assertThat(spin.lookNs(SPIN_NS)).isEqualTo(SPIN_NS);
        looksInVain();
        assertThat(spin.lookNs(SPIN_NS)).isEqualTo(SPIN_NS / 2);
    }

    @Test
    void noTimeIsNoLook() {
        assertThat(spin.pays(0, true, it -> it.incrementAndGet() > 0, looks)).isFalse();
        assertThat(looks).hasValue(0);
    }

    @Test
    void longSleepsMakeItLookSeldomButNeverNot() {
        assertThat(looksInVain()).isTrue();
        for (var i = 0; i < 100; i++) {
            spin.slept(LONG_SLEEP_NS, SPIN_NS);
            assertThat(waitsThatSleepAtOnce()).isBetween(1, 15);
        }
    }

    @Test
    void shortSleepMakesItLookAgain() {
        assertThat(looksInVain()).isTrue();
        spin.slept(LONG_SLEEP_NS, SPIN_NS);
        spin.slept(SPIN_NS, SPIN_NS);

        assertThat(looksInVain()).isTrue();
    }

    @Test
    void whoLooksForEverNeverSleepsAtOnce() {
        spin.slept(LONG_SLEEP_NS, Long.MAX_VALUE);

        assertThat(findsAt(1)).isTrue();
    }

    @Test
    void findMakesItLookAgain() {
        assertThat(looksInVain()).isTrue();
        spin.slept(LONG_SLEEP_NS, SPIN_NS);
        waitsThatSleepAtOnce();
        spin.slept(SPIN_NS, SPIN_NS);
        assertThat(findsAt(1)).isTrue();

        assertThat(looksInVain()).isTrue();
    }

    @Test
    void interruptEndsIt() {
        Thread.currentThread().interrupt();
        assertThat(spin.pays(Long.MAX_VALUE, true, it -> it.incrementAndGet() < 0, looks))
                .isFalse();
        assertThat(Thread.interrupted()).as("the flag is left for the caller").isTrue();
    }

    // ---- a stream that falters

    private AdaptiveSpin reader = new AdaptiveSpin(() -> {}, new IncomingStream(Long.MAX_VALUE));

    private boolean readerSpins(int findsAt) {
        looks.set(0);
        return reader.pays(SPIN_NS, true, it -> it.incrementAndGet() == findsAt, looks);
    }

    private void readerFindsAStream() {
        for (var i = 0; i < 8; i++) {
            assertThat(readerSpins(1)).isTrue();
        }
    }

    private boolean readerLooksBetweenParks(long longestNs, int findsAt) {
        looks.set(0);
        return reader.paysBetweenParks(longestNs, it -> it.incrementAndGet() == findsAt, looks);
    }

    @Test
    void streamThatFaltersIsLookedForBetweenParks() {
        readerFindsAStream();
        assertThat(readerSpins(-1)).isFalse();

        assertThat(readerLooksBetweenParks(Long.MAX_VALUE, 2)).isTrue();
        assertThat(looks).hasValue(2);
    }

    @Test
    void streamThatFaltersIsSpunForAMomentOnly() {
        readerFindsAStream();
        var steadyNs = reader.spinNs(200_000);
        readerSpins(-1);

        assertThat(steadyNs).isEqualTo(200_000);
        assertThat(reader.spinNs(200_000)).isEqualTo(25_000);
        assertThat(reader.spinNs(1_000)).isLessThan(1_000);
    }

    /** Its user would rather keep a processor busy. */
    @Test
    void whoIsToSpinLongerThanAFalterDoes() {
        readerFindsAStream();
        readerSpins(-1);
        assertThat(reader.spinNs(Long.MAX_VALUE)).isGreaterThan(Long.MAX_VALUE / 4);
    }

    @Test
    void steadyStreamIsNotLookedForBetweenParks() {
        readerFindsAStream();
        assertThat(readerLooksBetweenParks(Long.MAX_VALUE, 1)).isFalse();
        assertThat(looks).hasValue(0);
    }

    @Test
    void streamThatIsOverIsLookedForForSomeMillisecondsOnce() {
        reader = new AdaptiveSpin(() -> {});
        readerFindsAStream();
        readerSpins(-1);
        assertThat(readerLooksBetweenParks(Long.MAX_VALUE, -1)).isFalse();
        assertThat(looks).hasPositiveValue();

        assertThat(readerLooksBetweenParks(Long.MAX_VALUE, 1)).isFalse();
        assertThat(looks).hasValue(0);
    }

    @Test
    void timeoutBoundsTheLookBetweenParks() {
        readerFindsAStream();
        readerSpins(-1);
        assertThat(readerLooksBetweenParks(0, 1)).isFalse();
        assertThat(looks).hasValue(0);
    }

    @Test
    void interruptEndsTheLookBetweenParks() {
        readerFindsAStream();
        readerSpins(-1);
        Thread.currentThread().interrupt();
        assertThat(readerLooksBetweenParks(Long.MAX_VALUE, 1)).isFalse();
        assertThat(Thread.interrupted()).as("the flag is left for the caller").isTrue();
    }

    /** It is woken by a bell, which comes from whoever makes room, and from no I/O thread that might be late. */
    @Test
    void whoReadsNothingInlineFallsAsleepAtOnce() {
        assertThat(findsAt(1)).isTrue();
        looksInVain();
        assertThat(spin.paysBetweenParks(Long.MAX_VALUE, it -> true, looks)).isFalse();
    }

    /** How often one who looks for itself is let, of so many times. */
    private int looksForItself(int times, boolean finds) {
        looks.set(0);
        for (var i = 0; i < times; i++) {
            spin.pays(SPIN_NS, longestNs -> {
                assertThat(longestNs).isEqualTo(SPIN_NS);
                looks.incrementAndGet();
                return finds;
            });
        }
        return looks.get();
    }

    @Test
    void whoLooksForItselfInVainLooksSeldomButNeverNot() {
        assertThat(looksForItself(1600, false)).isBetween(100, 110);
        assertThat(looksForItself(16, true)).isPositive();
        assertThat(looksForItself(100, true)).isEqualTo(100);
    }

    @Test
    void whoHasNoTimeDoesNotLookForItself() {
        spin.pays(0, longestNs -> {
            throw new AssertionError("looked for " + longestNs);
        });
    }
}
