package io.lingmq.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Worlds of real sockets in virtual time. {@code -Dsimulation.seed=N} runs the world of one seed; with
 * {@code -Dsimulation.tell=true} it tells what happens in it; {@code -Dsimulation.seeds=N} runs so many, and
 * {@code -Dsimulation.first=N} says which is the first.
 */
@Tag("one-jdk")
@Timeout(900)
class SimulationTest {
    private static final long SEEDS = 2_000;

    @Test
    void worldsKeepThePromises() {
        var seed = Long.getLong("simulation.seed");
        var first = seed != null ? seed : Long.getLong("simulation.first", 1);
        var count = seed != null ? 1 : Long.getLong("simulation.seeds", SEEDS);

        var failed = Simulation.run(first, count, 10, true);

        assertThat(failed.stream()
                        .map(outcome ->
                                "seed " + outcome.seed() + ": " + outcome.violations() + "; again: " + outcome.replay())
                        .collect(Collectors.toList()))
                .isEmpty();
    }

    @Test
    void anHourIsNoLongerThanItTakes() {
        for (var seed : List.of(3L, 8L)) {
            assertThat(Simulation.run(seed, 3_600).violations())
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void sameSeedIsTheSameWorld() {
        for (var seed = 1L; seed <= 30; seed++) {
            assertThat(Simulation.run(seed)).as("seed %d", seed).isEqualTo(Simulation.run(seed));
        }
    }
}
