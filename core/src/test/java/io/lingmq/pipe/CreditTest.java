package io.lingmq.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreditTest {
    private static int spendAll(Credit credit) {
        var count = 0;
        while (credit.available() && count < 10_000) {
            credit.spend();
            count++;
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1000})
    void endsAtItsMark(int mark) {
        assertThat(spendAll(new Credit(mark))).isEqualTo(mark);
    }

    @Test
    void zeroIsWithoutLimit() {
        assertThat(spendAll(new Credit(0))).isEqualTo(10_000);
    }

    /** As libzmq does, so that a full writer is woken once for many messages. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 2", "4, 2", "10, 5", "1000, 500"})
    void comesBackWhenHalfOfTheMarkIsRead(int mark, int half) {
        var credit = new Credit(mark);
        spendAll(credit);
        for (var read = 1; read < half; read++) {
            assertThat(credit.giveBack(1)).as("after %d", read).isFalse();
            assertThat(credit.available()).as("after %d", read).isFalse();
        }
        assertThat(credit.giveBack(1)).isTrue();
        assertThat(spendAll(credit)).isEqualTo(half);
    }

    @Test
    void comesBackAtOnceWhereThatIsWanted() {
        var credit = new Credit(1000);
        spendAll(credit);
        credit.giveBackNow(1);

        assertThat(spendAll(credit)).isEqualTo(1);
    }

    /** What the reader took under the old mark, but had not given back yet, is no debt under the new one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 999})
    void lowerMarkHoldsNothingUpOnceAllIsRead(int lower) {
        var credit = new Credit(1000);
        for (var i = 0; i < 499; i++) {
            assertThat(credit.available()).isTrue();
            credit.spend();
        }
        assertThat(credit.giveBack(499)).as("half of the mark is not reached").isFalse();
        credit.changeMark(lower);

        assertThat(spendAll(credit)).isBetween(1, lower);
    }

    @Test
    void comesBackSomeTimeWhateverTheOrder() {
        var credit = new Credit(10);
        for (var i = 0; i < 10_000; i++) {
            assertThat(spendAll(credit)).as("round %d", i).isBetween(1, 10);
            while (!credit.giveBack(1)) {
                // reads on
            }
        }
    }

    @Test
    void canBeOverdrawn() {
        var credit = new Credit(10);
        credit.spend(25);
        assertThat(credit.available()).isFalse();

        credit.giveBackNow(15);
        assertThat(credit.available()).isFalse();

        credit.giveBackNow(1);
        assertThat(credit.available()).isTrue();
    }

    @Test
    void countsWhatIsInside() {
        var credit = new Credit(10);
        credit.spend();
        credit.spend(3);
        assertThat(credit.inside()).isEqualTo(4);

        credit.giveBack(1);
        assertThat(credit.inside()).as("counts what was read, told or not").isEqualTo(3);
    }

    @Test
    void markCanBeChangedUnderway() {
        var credit = new Credit(2);
        spendAll(credit);

        credit.changeMark(5);
        assertThat(credit.mark()).isEqualTo(5);
        assertThat(spendAll(credit)).isEqualTo(3);

        credit.changeMark(1);
        assertThat(credit.available()).isFalse();

        credit.changeMark(0);
        assertThat(credit.available()).isTrue();
    }

    @Test
    void smallerMarkIsReachedAgainByReading() {
        var credit = new Credit(100);
        spendAll(credit);
        credit.changeMark(10);
        for (var i = 0; i < 100; i++) {
            credit.giveBack(1);
        }
        assertThat(spendAll(credit)).isEqualTo(10);
    }

    /** 0 is without limit; the largest is what the marks of two sockets can come to. */
    private static final long[] EXTREMES = {0, 1, 2, Integer.MAX_VALUE, 2L * Integer.MAX_VALUE};

    private static Stream<Arguments> extremes() {
        return LongStream.of(EXTREMES)
                .boxed()
                .flatMap(from -> LongStream.of(EXTREMES).mapToObj(to -> Arguments.of(from, to)));
    }

    private static long roomOf(long mark, long inside) {
        return mark == 0 ? 10_000 : Math.min(10_000, Math.max(0, mark - inside));
    }

    @ParameterizedTest
    @MethodSource("extremes")
    void extremeMarksHoldBeforeAndAfterTheyAreChanged(long from, long to) {
        var credit = new Credit(from);
        var inside = spendAll(credit);
        assertThat(inside).isEqualTo((int) roomOf(from, 0));

        credit.changeMark(to);

        var more = spendAll(credit);
        assertThat(more).isEqualTo((int) roomOf(to, inside));
        credit.giveBack(inside + more);
        assertThat(credit.inside()).isZero();
        assertThat(spendAll(credit)).as("all is read").isEqualTo((int) roomOf(to, 0));
    }

    @ParameterizedTest
    @MethodSource("extremes")
    void writerIsWokenWhenAllIsReadWhateverTheMarkWas(long from, long to) {
        var credit = new Credit(from);
        var inside = spendAll(credit);
        var unread = inside - inside / 2;
        credit.giveBack(inside / 2);
        credit.changeMark(to);
        var wasFull = !credit.available();
        var woken = false;
        for (var i = 0; i < unread; i++) {
            woken |= credit.giveBack(1);
        }
        assertThat(woken || !wasFull).isTrue();
        assertThat(credit.available()).isTrue();
    }

    @Test
    void writerHearsOnceForManyWhereTheMarkIsLarge() {
        var credit = new Credit(Integer.MAX_VALUE);
        for (var i = 0; i < 10_000; i++) {
            credit.spend();
            assertThat(credit.giveBack(1)).isFalse();
        }
    }

    /** The writer is at work and has just seen the old mark; that it is not told at once must not matter for long. */
    @Test
    void changeThatTheWriterMissedHoldsSoon() {
        var credit = new Credit(0);
        assertThat(credit.available()).isTrue();
        var seen = credit.room();
        credit.changeMark(1);
        assertThat(seen).as("what the writer may use up").isLessThanOrEqualTo(1024);

        var large = new Credit(2L * Integer.MAX_VALUE);
        assertThat(large.available()).isTrue();
        assertThat(large.room()).isLessThanOrEqualTo(1024);
    }

    @Test
    void whoIsAboutToRestGivesBackWhatALowerMarkNoLongerLetsItKeep() {
        var credit = new Credit(1000);
        for (var i = 0; i < 400; i++) {
            credit.spend();
        }
        assertThat(credit.giveBack(400)).isFalse();
        assertThat(credit.giveBack(0)).as("nothing has changed").isFalse();

        credit.changeMark(10);

        assertThat(credit.giveBack(0)).isTrue();
        assertThat(credit.giveBack(0)).as("once").isFalse();
    }
}
