package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BurstsTest {
    private static final long LONG_AFTER_NS = 1_000_000;
    private static final long AT_ONCE_NS = 100;

    private long nowNs = 12_345;
    private long lastHeardNs = nowNs - LONG_AFTER_NS;
    private final Bursts bursts = new Bursts(nowNs);

    private int writesInARow(long gapNs, long writeNs) {
        var count = 0;
        while (count < 100) {
            nowNs += gapNs;
            if (!bursts.allows(nowNs, lastHeardNs)) {
                return count;
            }
            nowNs += writeNs;
            bursts.wrote(nowNs);
            count++;
        }
        return count;
    }

    @Test
    void singleMessagesAreAlwaysWorthAWrite() {
        assertThat(writesInARow(LONG_AFTER_NS, AT_ONCE_NS)).isEqualTo(100);
    }

    @Test
    void afterAFewCloseTogetherItIsAStream() {
        assertThat(writesInARow(AT_ONCE_NS, AT_ONCE_NS)).isBetween(2, 10);
    }

    @Test
    void streamIsAStreamHoweverSlowAWriteIs() {
        assertThat(writesInARow(AT_ONCE_NS, LONG_AFTER_NS)).isBetween(2, 10);
    }

    @Test
    void silenceEndsTheStream() {
        writesInARow(AT_ONCE_NS, AT_ONCE_NS);
        nowNs += LONG_AFTER_NS;
        assertThat(writesInARow(AT_ONCE_NS, AT_ONCE_NS)).isBetween(2, 10);
    }

    @Test
    void messagesThatAreAnsweredAreNoStreamHoweverCloseTheyAre() {
        for (var i = 0; i < 100; i++) {
            assertThat(bursts.allows(nowNs += AT_ONCE_NS, lastHeardNs)).isTrue();
            bursts.wrote(nowNs += AT_ONCE_NS);
            lastHeardNs = nowNs += AT_ONCE_NS;
        }
    }

    @Test
    void messagesAfterTheAnswerAreABurstAnew() {
        writesInARow(AT_ONCE_NS, AT_ONCE_NS);
        lastHeardNs = nowNs += AT_ONCE_NS;
        assertThat(writesInARow(AT_ONCE_NS, AT_ONCE_NS)).isBetween(2, 10);
    }
}
