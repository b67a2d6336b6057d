package io.lingmq.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.support.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TimerHeapTest {
    private final long beginNs = begin();

    private final TimerHeap heap = new TimerHeap();
    private final List<LoopTimer> expected = new ArrayList<>();

    /** The numbers overflow soon. */
    private static long begin() {
        return Long.MAX_VALUE - 1000;
    }

    private LoopTimer once() {
        return new LoopTimer(heap, () -> {}, 0);
    }

    @Test
    void timersComeInTheirOrderAndThoseOfOneTimeAsTheyWereSet() {
        var late = once();
        var first = once();
        var second = once();
        assertThat(heap.add(late, beginNs + 2000)).isTrue();
        assertThat(heap.add(first, beginNs + 10)).isTrue();
        assertThat(heap.add(second, beginNs + 10)).isFalse();

        assertThat(heap.takeDue(beginNs)).isNull();
        assertThat(heap.untilNextNs(beginNs)).isEqualTo(10);
        assertThat(heap.takeDue(beginNs + 10)).isSameAs(first);
        assertThat(heap.untilNextNs(beginNs + 20)).isZero();
        assertThat(heap.takeDue(beginNs + 20)).isSameAs(second);
        assertThat(heap.takeDue(beginNs + 20)).isNull();
        assertThat(heap.takeDue(beginNs + 2000)).isSameAs(late);
        assertThat(heap.untilNextNs(beginNs)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void cancelledTimerLeavesAtOnce() {
        var timer = once();
        heap.add(timer, beginNs);
        timer.cancel();
        timer.cancel();
        assertThat(timer.isActive()).isFalse();
        assertThat(heap.size()).isZero();
        assertThat(heap.takeDue(beginNs)).isNull();
    }

    /** Beside a plain list, over many random steps. */
    @Test
    void keepsTheOrderWhateverComesAndGoes() {
        var random = Seed.random("TimerHeapTest");
        var nowNs = beginNs;
        for (var step = 0; step < 20_000; step++) {
            var choice = random.nextInt(10);
            if (choice < 5) {
                var timer = once();
                heap.add(timer, nowNs + random.nextInt(500));
                expected.add(timer);
            } else if (choice < 7 && !expected.isEmpty()) {
                expected.remove(random.nextInt(expected.size())).cancel();
            } else {
                nowNs += random.nextInt(40);
                takeAllDue(nowNs);
            }
            assertThat(heap.size()).isEqualTo(expected.size());
        }
    }

    private void takeAllDue(long nowNs) {
        LoopTimer taken;
        while ((taken = heap.takeDue(nowNs)) != null) {
            var due = expected.stream().min((a, b) -> a.isBefore(b) ? -1 : b.isBefore(a) ? 1 : 0);
            assertThat(taken).isSameAs(due.orElseThrow());
            assertThat(expected.remove(taken)).isTrue();
        }
        assertThat(expected).allSatisfy(rest -> assertThat(rest.dueNs() - nowNs).isPositive());
    }

    @Test
    void periodicTimerMovesOnToItsNextBeat() {
        var timer = new LoopTimer(heap, () -> {}, 100);
        heap.add(timer, beginNs + 100);
        assertThat(heap.takeDue(beginNs + 99)).isNull();
        assertThat(heap.takeDue(beginNs + 130)).isSameAs(timer);
        assertThat(heap.untilNextNs(beginNs + 130)).isEqualTo(70);
        assertThat(heap.takeDue(beginNs + 1250)).as("long after").isSameAs(timer);
        assertThat(heap.takeDue(beginNs + 1250)).as("no burst").isNull();
        assertThat(heap.untilNextNs(beginNs + 1250)).isEqualTo(50);
        heap.leaveOutMissed(timer, beginNs + 1310);
        assertThat(heap.untilNextNs(beginNs + 1310)).isEqualTo(90);
        assertThat(timer.isActive()).isTrue();
    }

    @Test
    void clearingTakesAllOut() {
        var timers = new ArrayList<LoopTimer>();
        for (var i = 0; i < 100; i++) {
            timers.add(once());
            heap.add(Objects.requireNonNull(timers.get(i)), beginNs + i * 31 % 17);
        }
        heap.clear();
        assertThat(heap.size()).isZero();
        assertThat(timers).noneMatch(LoopTimer::isActive);
    }
}
