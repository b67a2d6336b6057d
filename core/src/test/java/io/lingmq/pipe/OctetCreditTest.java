package io.lingmq.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OctetCreditTest {
    private final OctetCredit credit = new OctetCredit();

    private void mark(long mark) {
        credit.changeMark(mark);
        credit.giveBackNow(0);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "10, 10", "1000, 1000", "1048576, 1048576", "1048577, 1048577", "67108864, 67108864"})
    void messageFitsWhileFewerOctetsThanTheMarkAreInside(long mark, long full) {
        mark(mark);
        for (var written = 0L; written < full; written += 1 + written / 3) {
            assertThat(credit.available(written)).as("behind %d", written).isTrue();
        }
        assertThat(credit.available(full - 1)).isTrue();
        assertThat(credit.available(full)).isFalse();
        assertThat(credit.available(full + 1_000_000_000_000L)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE, Long.MAX_VALUE - 1})
    void withoutALimitThereIsAlwaysRoom(long mark) {
        mark(mark);
        assertThat(credit.available(0)).isTrue();
        assertThat(credit.available(1L << 50)).isTrue();
        assertThat(credit.giveBack(1L << 50)).isFalse();
        assertThat(credit.available(1L << 51)).isTrue();
    }

    @Test
    void beginsWithoutALimit() {
        assertThat(credit.available(1L << 50)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 2", "100, 50", "101, 51"})
    void readerGivesBackHalfOfTheMarkAtATime(long mark, long batch) {
        mark(mark);
        assertThat(credit.available(mark)).isFalse();

        assertThat(credit.giveBack(batch - 1)).isFalse();
        assertThat(credit.available(mark)).isFalse();

        assertThat(credit.giveBack(batch)).isTrue();
        assertThat(credit.available(mark + batch - 1)).isTrue();
        assertThat(credit.available(mark + batch)).isFalse();
    }

    /** Else its writer would wait for a reader that has nothing left to take. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 7, 64})
    void pipeThatIsEmptyHasRoom(long mark) {
        mark(mark);
        for (var inside = 0L; inside < 300; inside += 13) { // each message larger than most of the marks
            assertThat(credit.available(inside)).isTrue();
            credit.giveBack(inside + 13);
        }
    }

    @Test
    void readerMayGiveBackAtOnce() {
        mark(100);
        assertThat(credit.available(100)).isFalse();
        credit.giveBackNow(1);
        assertThat(credit.available(100)).isTrue();
        assertThat(credit.available(101)).isFalse();
    }

    @Test
    void limitIsWhereThereWasNoMoreRoom() {
        mark(100);
        assertThat(credit.available(30)).isTrue();
        assertThat(credit.limit()).isEqualTo(100);
    }

    @Test
    void tellsWhatFitsBehindWhatIsInside() {
        mark(100);
        assertThat(credit.fitsBehind(99)).isTrue();
        assertThat(credit.fitsBehind(100)).isFalse();
        mark(0);
        assertThat(credit.fitsBehind(1L << 50)).isTrue();
    }

    @Test
    void anotherMarkHoldsAtOnce() {
        mark(100);
        assertThat(credit.available(99)).isTrue();
        mark(50);
        assertThat(credit.available(50)).isFalse();
        mark(0);
        assertThat(credit.available(50)).isTrue();
    }

    /** What the reader kept back under the old mark may be more than the whole of the new one. */
    @Test
    void whatTheReaderKeptUnderAHigherMarkIsGivenBack() {
        mark(1000);
        assertThat(credit.giveBack(400)).isFalse();
        credit.changeMark(10);
        assertThat(credit.available(400)).isFalse();

        credit.giveBackNow(400);

        assertThat(credit.available(400)).isTrue();
    }
}
