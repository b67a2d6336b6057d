package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchingTest {
    private static final long LONG_AFTER_NS = 1_000_000;
    private static final long AT_ONCE_NS = 100;
    private static final int MANY = 1_000;

    private long nowNs = 12_345;
    private long lastHeardNs = nowNs - LONG_AFTER_NS;
    private final Batching batching = new Batching(nowNs);

    private int writesInARow(long gapNs, long writeNs) {
        var count = 0;
        while (count < MANY) {
            nowNs += gapNs;
            if (!batching.writesSingly(nowNs, lastHeardNs)) {
                return count;
            }
            nowNs += writeNs;
            batching.wroteSingly(nowNs);
            count++;
        }
        return count;
    }

    // ---- SINGLE

    @Test
    void singleMessagesAreAlwaysWorthAWrite() {
        assertThat(writesInARow(LONG_AFTER_NS, AT_ONCE_NS)).isEqualTo(MANY);
    }

    @Test
    void afterAFewCloseTogetherItIsAStream() {
        assertThat(writesInARow(AT_ONCE_NS, AT_ONCE_NS)).isBetween(2, MANY - 1);
    }

    @Test
    void streamIsAStreamHoweverSlowAWriteIs() {
        assertThat(writesInARow(AT_ONCE_NS, LONG_AFTER_NS)).isBetween(2, MANY - 1);
    }

    @Test
    void silenceEndsTheStream() {
        writesInARow(AT_ONCE_NS, AT_ONCE_NS);
        nowNs += LONG_AFTER_NS;
        assertThat(writesInARow(AT_ONCE_NS, AT_ONCE_NS)).isBetween(2, MANY - 1);
    }

    @Test
    void messagesThatAreAnsweredAreNoStreamHoweverCloseTheyAre() {
        for (var i = 0; i < 100; i++) {
            assertThat(batching.writesSingly(nowNs += AT_ONCE_NS, lastHeardNs)).isTrue();
            batching.wroteSingly(nowNs += AT_ONCE_NS);
            lastHeardNs = nowNs += AT_ONCE_NS;
        }
    }

    @Test
    void messagesAfterTheAnswerAreABurstAnew() {
        writesInARow(AT_ONCE_NS, AT_ONCE_NS);
        lastHeardNs = nowNs += AT_ONCE_NS;
        assertThat(writesInARow(AT_ONCE_NS, AT_ONCE_NS)).isBetween(2, MANY - 1);
    }

    @Test
    void whoOnlyCatchesUpNowAndThenMayWriteMoreSinglyNextTime() {
        var counts = new int[4];
        for (var i = 0; i < counts.length; i++) {
            counts[i] = writesInARow(AT_ONCE_NS, AT_ONCE_NS);
            nowNs += LONG_AFTER_NS;
        }
        assertThat(counts).containsExactly(64, 128, 256, 256);
    }

    @Test
    void streamThatALookEndsCountsAsCatchingUpToo() {
        writesInARow(AT_ONCE_NS, AT_ONCE_NS);
        assertThat(look(0)).isEqualTo(Batching.Next.REST);
        lastHeardNs = nowNs += AT_ONCE_NS;
        assertThat(writesInARow(AT_ONCE_NS, AT_ONCE_NS)).isEqualTo(128);
    }

    @Test
    void streamThatASenderWritesMakesTheNextOneBeginSoon() {
        for (var i = 0; i < 3; i++) {
            writesInARow(AT_ONCE_NS, AT_ONCE_NS);
            nowNs += LONG_AFTER_NS;
        }
        assertThat(writesInARow(AT_ONCE_NS, AT_ONCE_NS)).isEqualTo(256);
        batching.senderWrote();
        lastHeardNs = nowNs += AT_ONCE_NS;
        assertThat(writesInARow(AT_ONCE_NS, AT_ONCE_NS)).isEqualTo(128);
    }

    // ---- BATCHED

    /** A look that found so many small messages, long after the last one. */
    private Batching.Next look(long messages) {
        nowNs += LONG_AFTER_NS;
        return batching.afterLook(messages, 100 * messages, nowNs);
    }

    @Test
    void streamAfterHoursOfSilenceIsNotTakenForOneAtFullRate() {
        look(1000);
        var shortestNs = batching.parkNs();
        nowNs += 15L * 3600 * 1_000_000_000;
        batching.afterLook(1000, 100_000, nowNs);

        assertThat(batching.parkNs()).isEqualTo(shortestNs);
    }

    @Test
    void senderAtFullRateIsLeftAloneUntilItWrites() {
        look(1000);
        var shortestNs = batching.parkNs();
        batching.afterLook(1000, 100_000, nowNs += 100_000);

        assertThat(batching.parkNs()).isGreaterThan(10 * shortestNs);
    }

    @Test
    void streamThatNobodyElseWritesIsLookedAtSoonAgain() {
        assertThat(look(1000)).isEqualTo(Batching.Next.COME_BACK);
    }

    @Test
    void whatComesSlowlyIsWrittenByItsSenderFromThenOn() {
        assertThat(look(0)).isEqualTo(Batching.Next.REST);
        assertThat(look(2)).isEqualTo(Batching.Next.REST);
    }

    @Test
    void senderThatWritesIsLeftAlone() {
        batching.senderWrote();

        assertThat(look(0)).isEqualTo(Batching.Next.COME_BACK);
        assertThat(batching.senderSeesToIt()).isTrue();
    }

    @Test
    void senderThatWritesNoMoreIsNoticed() {
        batching.senderWrote();
        batching.senderSeesToIt();

        assertThat(batching.senderSeesToIt()).isFalse();
        assertThat(look(0)).isEqualTo(Batching.Next.REST);
    }

    @Test
    void whatASenderWroteIsForgottenWhenMessagesAreSingleAgain() {
        batching.senderWrote();
        batching.wroteSingly(nowNs);

        assertThat(look(1)).isEqualTo(Batching.Next.REST);
    }

    @Test
    void napsGrowAsLongAsTheSenderWritesAndNoLonger() {
        var shortestNs = batching.parkNs();
        var longestNs = 0L;
        for (var i = 0; i < 10; i++) {
            batching.senderWrote();
            batching.senderSeesToIt();
            assertThat(batching.parkNs()).isGreaterThanOrEqualTo(longestNs).isGreaterThan(shortestNs);
            longestNs = batching.parkNs();
        }
        assertThat(longestNs).isLessThan(1_000_000);

        look(1000);
        assertThat(batching.parkNs()).isEqualTo(shortestNs);
    }
}
