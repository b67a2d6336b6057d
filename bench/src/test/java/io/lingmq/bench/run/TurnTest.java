package io.lingmq.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTest {
    @Test
    void pacedStreamsTakeATurnWhereOthersTakeThree() {
        var paced = Scenarios.named(List.of("pace-100"));
        assertThat(Turn.interleaved(paced, List.of(Contender.LINGMQ), 1)).hasSize(1);
        assertThat(Turn.interleaved(paced, List.of(Contender.LINGMQ), 3)).hasSize(1);
        assertThat(Turn.interleaved(paced, List.of(Contender.LINGMQ), 7)).hasSize(2);
    }

    @Test
    void librariesTakeTurnsWithinEachScenario() {
        var turns = Turn.interleaved(Scenarios.named(List.of("fan")), List.of(Contender.values()), 2);
        assertThat(turns)
                .extracting(Turn::toString)
                .containsExactly(
                        "fan-8 lingmq 1",
                        "fan-8 libzmq 1",
                        "fan-8 jeromq 1",
                        "fan-8 lingmq 2",
                        "fan-8 libzmq 2",
                        "fan-8 jeromq 2",
                        "fan-100 lingmq 1",
                        "fan-100 libzmq 1",
                        "fan-100 jeromq 1",
                        "fan-100 lingmq 2",
                        "fan-100 libzmq 2",
                        "fan-100 jeromq 2");
    }
}
