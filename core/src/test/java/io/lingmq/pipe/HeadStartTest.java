package io.lingmq.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeadStartTest {
    private static final int MARK = 1000;
    private static final int MANY = Block.SIZE - 1;

    private final Credit credit = new Credit(MARK);
    private final HeadStart headStart = new HeadStart(credit);

    private int dueAfter(int... found) {
        for (var messages : found) {
            headStart.found(messages, messages < Block.SIZE);
        }
        return headStart.due();
    }

    @Test
    void nobodyWaitsBeforeTheFirstMessages() {
        assertThat(headStart.due()).isZero();
        assertThat(dueAfter(1)).isZero();
    }

    @Test
    void nobodyWaitsForSingleMessages() {
        for (var i = 0; i < 10; i++) {
            assertThat(dueAfter(0, 1)).isZero();
            assertThat(dueAfter(0)).isZero();
        }
    }

    @Test
    void nobodyWaitsWhereThereWasMoreThanCouldBeTaken() {
        assertThat(dueAfter(Block.SIZE, Block.SIZE)).isZero();
    }

    @Test
    void waitsWhenItHasCaughtUp() {
        assertThat(dueAfter(Block.SIZE, 3)).isPositive();
    }

    @Test
    void waitsLongerWhileThatBringsMuchButNotForEver() {
        var before = dueAfter(MANY, MANY);
        assertThat(dueAfter(MANY, MANY)).isGreaterThan(before);
        for (var i = 0; i < 10; i++) {
            before = dueAfter(Block.SIZE, Block.SIZE, MANY);
        }
        assertThat(dueAfter(Block.SIZE, Block.SIZE, MANY)).isEqualTo(before);
    }

    @Test
    void waitsAsShortAsBeforeWhenItBringsLittle() {
        var shortest = dueAfter(1, 1);
        for (var i = 0; i < 10; i++) {
            dueAfter(MANY, MANY);
        }
        for (var i = 0; i < 10; i++) {
            dueAfter(1);
        }
        assertThat(dueAfter(1)).isEqualTo(shortest);
    }

    @Test
    void nobodyWaitsForAWriterThatWaitsItself() {
        credit.spend(MARK);
        assertThat(dueAfter(MANY, MANY)).isZero();

        credit.giveBackNow(MARK);
        assertThat(dueAfter(MANY, MANY)).isPositive();
    }
}
