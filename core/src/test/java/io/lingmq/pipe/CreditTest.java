package io.lingmq.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
}
