package io.lingmq.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class BackgroundTest {
    private static final Duration SOON = Duration.ofMillis(50);

    @Test
    void handsOverTheResult() {
        assertThat(Background.call("caller", () -> 42).result()).isEqualTo(42);
    }

    @Test
    void handsOverTheFailure() {
        var failing = Background.run("failing", () -> {
            throw new IllegalStateException("no");
        });
        assertThat(failing.failure(Await.PATIENCE)).hasMessage("no");
        assertThatThrownBy(failing::result).isInstanceOf(AssertionError.class).hasRootCauseMessage("no");
    }

    @Test
    void saysWhereTheCallHangs() {
        var latch = new CountDownLatch(1);
        var hanging = Background.run("hanging", latch::await).awaitInside("await");
        assertThatThrownBy(() -> hanging.result(SOON))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("hanging still runs");
        hanging.interrupt();
        assertThat(hanging.failure(Await.PATIENCE)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void clockBeginsBelowItsOverflow() {
        var clock = new FakeClock();
        var beginNs = clock.nowNs();
        assertThat(clock.advance(Duration.ofMinutes(2)) - beginNs).isEqualTo(120_000_000_000L);
        assertThat(clock.nowNs()).isNegative();
    }
}
