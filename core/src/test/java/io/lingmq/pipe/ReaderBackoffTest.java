package io.lingmq.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReaderBackoffTest {
    private static final int MARK = 1000;
    private static final int MANY = Block.SIZE - 1;

    private final Credit credit = new Credit(MARK);
    private final ReaderBackoff backoff = new ReaderBackoff(credit);

    private int dueAfter(int... found) {
        for (var messages : found) {
            backoff.found(messages, messages < Block.SIZE);
        }
        return backoff.nextWait();
    }

    @Test
    void nobodyWaitsBeforeTheFirstMessages() {
        assertThat(backoff.nextWait()).isZero();
        assertThat(dueAfter(1)).isZero();
    }

    @Test
    void nobodyWaitsForSingleMessages() {
        for (var i = 0; i < 10; i++) {
            assertThat(dueAfter(0, 1)).isZero();
            assertThat(dueAfter(0)).isZero();
        }
        for (var i = 0; i < 10; i++) {
            assertThat(dueAfter(1)).isZero();
        }
    }

    @Test
    void singleMessagesDoNotMakeTheNextWaitLonger() {
        var shortest = dueAfter(3, 3);
        for (var i = 0; i < 1000; i++) {
            dueAfter(0, 1);
        }
        assertThat(dueAfter(3)).isEqualTo(shortest);
    }

    @Test
    void waitsLongerOnlyIfThatBringsMore() {
        var shortest = dueAfter(3, 3);
        var window = 100; // the writer waits for an answer to so many
        for (var i = 0; i < 10; i++) {
            assertThat(dueAfter(window)).isLessThanOrEqualTo(2 * shortest);
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
        var first = dueAfter(MANY, MANY);
        var second = dueAfter(MANY, MANY, MANY);
        assertThat(second).isGreaterThan(first);
        for (var i = 0; i < 10; i++) {
            assertThat(dueAfter(Block.SIZE, Block.SIZE, Block.SIZE, MANY)).isEqualTo(second);
        }
    }

    @Test
    void waitsAsShortAsBeforeWhenItBringsLittle() {
        var shortest = dueAfter(3, 3);
        for (var i = 0; i < 10; i++) {
            dueAfter(MANY, MANY, MANY, MANY);
        }
        assertThat(dueAfter(MANY)).isGreaterThan(shortest);
        assertThat(dueAfter(3)).isEqualTo(shortest);
    }

    @Test
    void nobodyWaitsForAWriterThatWaitsItself() {
        credit.spend(MARK);
        assertThat(dueAfter(MANY, MANY)).isZero();

        credit.giveBackNow(MARK);
        assertThat(dueAfter(MANY, MANY)).isPositive();
    }
}
