package io.lingmq.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void readsPairsBehindTheLabel() {
        assertThat(Figures.of(List.of("libzmq thr size=64 msg_per_s=1122333.117")))
                .containsEntry("size", 64.0)
                .containsEntry("msg_per_s", 1122333.117)
                .hasSize(2);
    }

    @Test
    void overlooksWhatIsNoFigure() {
        assertThat(Figures.of(List.of("ready", "", "WARNING: option=on", "path=/tmp/a=1b", "x =5", "lingmq n=-1.5")))
                .containsOnlyKeys("n")
                .containsEntry("n", -1.5);
    }

    @Test
    void joinsTheLinesOfAllProcesses() {
        assertThat(Figures.of(List.of("a thr msg_per_s=5", "a thr-send sender_alloc_b_per_msg=7")))
                .containsOnlyKeys("msg_per_s", "sender_alloc_b_per_msg");
    }

    @Test
    void addsUpTheCpuOfBothSides() {
        var figures = Figures.of(List.of("a thr receiver_cpu_us_per_msg=1.4", "a thr-send sender_cpu_us_per_msg=0.6"));
        assertThat(figures.get(Figures.CPU_PER_MILLION)).isCloseTo(2.0, Offset.offset(1e-9));
    }

    @Test
    void addsUpTheShareOfACoreOfBothSides() {
        var figures = Figures.of(List.of("a pace receiver_cpu_percent=1.4", "a pace-send sender_cpu_percent=0.6"));
        assertThat(figures.get(Figures.CPU_PERCENT)).isCloseTo(2.0, Offset.offset(1e-9));
        assertThat(Figures.of(List.of("a pace receiver_cpu_percent=1.4"))).doesNotContainKey(Figures.CPU_PERCENT);
    }

    @Test
    void oneProcessHasNoOtherSide() {
        assertThat(Figures.of(List.of("a inproc-thr both_cpu_us_per_msg=0.5")))
                .containsEntry(Figures.CPU_PER_MILLION, 0.5);
    }

    @Test
    void halfOfTheCpuIsNotTold() {
        assertThat(Figures.of(List.of("a fan receiver_cpu_us_per_msg=0.5"))).doesNotContainKey(Figures.CPU_PER_MILLION);
    }
}
