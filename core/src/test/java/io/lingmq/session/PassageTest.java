package io.lingmq.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.testkit.Await;
import org.junit.jupiter.api.Test;

class PassageTest {
    private final Passage passage = new Passage(System::nanoTime);

    private double secondsLeft() {
        return (passage.arrivesByNs() - System.nanoTime()) / 1e9;
    }

    @Test
    void isCautiousUntilAFullChannelHasShownItsPace() {
        assertThat(secondsLeft()).isNotPositive();
        passage.wrote(3 << 20, false);
        assertThat(secondsLeft()).isBetween(2.0, 3.0);
        passage.wrote(3 << 20, false);
        assertThat(secondsLeft()).isBetween(4.0, 6.0);
        passage.wrote(1 << 30, false);
        assertThat(secondsLeft()).as("no more fits into the buffers on the way").isBetween(14.0, 16.0);
    }

    @Test
    void writesToAChannelThatWasNotFullAreNoSignOfLife() {
        var before = passage.lastMovedNs();
        passage.wrote(100, false);
        passage.wrote(100, true);
        passage.drained();
        passage.wrote(100, false);
        assertThat(passage.lastMovedNs()).isEqualTo(before);
        assertThat(passage.written()).isEqualTo(300);
    }

    @Test
    void fullChannelThatTakesMoreIsASignOfLifeAndShowsItsPace() {
        var before = passage.lastMovedNs();
        passage.wrote(100, true);
        passage.wrote(0, true);
        assertThat(passage.lastMovedNs()).isEqualTo(before);
        var begin = System.nanoTime();
        Await.until("some time has passed", () -> System.nanoTime() - begin > 3_000_000);
        passage.wrote(1 << 30, true);
        assertThat(passage.lastMovedNs()).isGreaterThan(before);
        assertThat(secondsLeft()).as("a gigabyte within moments").isLessThan(1.0);
    }
}
