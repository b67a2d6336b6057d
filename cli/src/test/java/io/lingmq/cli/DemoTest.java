package io.lingmq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The walk-through plays to its happy end. */
class DemoTest {
    @Test
    void allScenesPlay() {
        var demo = Ling.start("demo");
        assertThat(demo.exitCode()).as(demo.out() + demo.err()).isZero();
        assertThat(demo.out()).contains("all well: 8 of 8 scenes").doesNotContain("FAILED", "\u001b");
        assertThat(demo.err()).isEmpty();
    }
}
