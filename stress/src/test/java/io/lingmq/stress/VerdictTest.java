package io.lingmq.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.stress.Verdict.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static boolean good(String test, Outcome... runs) {
        return Verdict.of(test, List.of(runs)).good();
    }

    @Test
    void aSoundTestMustAlwaysPass() {
        assertThat(good("Sound", Outcome.PASSED, Outcome.PASSED)).isTrue();
        assertThat(good("Sound", Outcome.PASSED, Outcome.FAILED)).isFalse();
    }

    @Test
    void aBrokenOneMustBeCaughtOnce() {
        assertThat(good("NoFenceBroken", Outcome.PASSED, Outcome.FAILED)).isTrue();
        assertThat(good("NoFenceBroken", Outcome.PASSED, Outcome.PASSED)).isFalse();
    }

    @Test
    void aRunWithoutAnAnswerIsNoProof() {
        assertThat(good("Sound", Outcome.PASSED, Outcome.ERROR)).isFalse();
        assertThat(good("NoFenceBroken", Outcome.FAILED, Outcome.ERROR)).isFalse();
        assertThat(good("Sound")).isFalse();
    }
}
