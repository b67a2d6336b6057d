package io.lingmq.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.support.OnReactor;
import io.lingmq.time.NanoTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimersTest {
    private static final long DAY_NS = 86_400_000_000_000L;

    /** Timers belong to a reactor's thread; it has none of its own in these tests. */
    private final Reactor reactor = new SelectorReactor("reactor of timers");

    private final List<Long> fired = new ArrayList<>();

    @AfterEach
    void stop() {
        reactor.stop();
    }

    private Timer set(long delayNs) {
        var timer = new Timer(reactor, () -> fired.add(delayNs));
        timer.set(delayNs);
        return timer;
    }

    /** Whatever else is set, what is due fires, and in its order. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                DAY_NS,
                Long.MAX_VALUE / 4,
                Long.MAX_VALUE / 2 - 1,
                Long.MAX_VALUE / 2,
                Long.MAX_VALUE / 2 + 1,
                Long.MAX_VALUE - 1,
                Long.MAX_VALUE
            })
    void timerFarAwayKeepsNobodyFromFiring(long farNs) {
        OnReactor.call(reactor, () -> {
            set(farNs);
            set(-1);
            set(Long.MIN_VALUE);
            set(0);
            set(DAY_NS / 2);
            set(1);
            set(farNs);
            var nowNs = System.nanoTime();

            var untilNextNs = reactor.timers().fire(NanoTime.after(nowNs, 1));
            assertThat(fired).startsWith(-1L, Long.MIN_VALUE, 0L).endsWith(1L);
            assertThat(untilNextNs).isBetween(1L, DAY_NS / 2);

            fired.clear();
            untilNextNs = reactor.timers().fire(NanoTime.after(nowNs, DAY_NS / 4 * 3));
            assertThat(fired).containsExactly(DAY_NS / 2);
            assertThat(untilNextNs).isBetween(1L, NanoTime.LONGEST_DELAY_NS);
            return null;
        });
    }

    @Test
    void farAwayTimerIsNotDueBeforeANearTime() {
        OnReactor.call(reactor, () -> {
            var far = set(Long.MAX_VALUE);
            var near = set(DAY_NS);

            assertThat(far.isDueBefore(NanoTime.after(System.nanoTime(), 2 * DAY_NS)))
                    .isFalse();
            assertThat(near.isDueBefore(NanoTime.after(System.nanoTime(), 2 * DAY_NS)))
                    .isTrue();
            return null;
        });
    }

    @Test
    void cancelledTimersAreForgottenWhenTheyAreMost() {
        OnReactor.call(reactor, () -> {
            for (var i = 0; i < 1000; i++) {
                set(DAY_NS).cancel();
            }
            set(DAY_NS);
            assertThat(reactor.timers().size()).isEqualTo(1001);

            reactor.timers().fire(System.nanoTime());
            assertThat(reactor.timers().size()).isEqualTo(1);
            return null;
        });
    }
}
