package io.lingmq.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenariosTest {
    @TempDir
    Path folder;

    @Test
    void noWordsMeanAll() {
        assertThat(Scenarios.named(List.of())).hasSameSizeAs(Scenarios.all());
    }

    @Test
    void namesDiffer() {
        assertThat(Scenarios.names()).doesNotHaveDuplicates();
    }

    @Test
    void aWordMeansAllThatBeginSo() {
        assertThat(Scenarios.named(List.of("fan", "tcp-thr-16")))
                .extracting(Scenario::name)
                .containsExactly("tcp-thr-16", "fan-8", "fan-100");
    }

    @Test
    void refusesAWordThatMeansNothing() {
        assertThatThrownBy(() -> Scenarios.named(List.of("fan-8", "fann"))).hasMessageContaining("'fann'");
    }

    /** One that goes on for ever must not be the only one, or the run would never end. */
    @Test
    void everyScenarioEnds() {
        for (var scenario : Scenarios.all()) {
            var roles = scenario.work().roles(new Endpoints(folder), Scale.FULL);
            assertThat(roles).as(scenario.name()).anyMatch(role -> !role.stays());
        }
    }

    /** But for the silent ones, who must all be there before the busy one starts. */
    @Test
    void nobodyConnectsBeforeTheOtherSideListens() {
        for (var scenario : Scenarios.all()) {
            var roles = scenario.work().roles(new Endpoints(folder), Scale.FULL);
            if (roles.size() > 1 && !scenario.name().startsWith("beside")) {
                assertThat(roles.get(0).announces()).as(scenario.name()).isTrue();
            }
        }
    }

    /** At a hundred messages a second, a hundred samples beyond the middle take a few seconds. */
    @Test
    void thePacedOnesAreMeasuredForLonger() {
        for (var scenario : Scenarios.named(List.of("pace"))) {
            var roles = scenario.work().roles(new Endpoints(folder), Scale.FULL);
            assertThat(roles.stream().filter(role -> !role.stays()))
                    .as(scenario.name())
                    .singleElement()
                    .satisfies(role -> assertThat(role.words()).endsWith("8000", "30000"));
        }
    }

    @Test
    void manyPeersAreSpreadOverProcesses() {
        var peers = Scenarios.named(List.of("peers-5000")).get(0);
        var roles = peers.work().roles(new Endpoints(folder), Scale.FULL);
        assertThat(roles.stream()
                        .filter(role -> role.stays())
                        .mapToInt(role -> Integer.parseInt(role.words().get(2))))
                .hasSize(5)
                .containsOnly(1000);
    }

    @Test
    void endpointsAreNotUsedTwice() {
        var endpoints = new Endpoints(folder);
        assertThat(endpoints.fresh("ipc")).startsWith("ipc://" + folder).isNotEqualTo(endpoints.fresh("ipc"));
        assertThat(endpoints.fresh("tcp")).matches("tcp://127\\.0\\.0\\.1:\\d+");
    }

    @Test
    void aQuickRunStillHasTheFew() {
        assertThat(Scale.QUICK.many(100)).isEqualTo(100);
        assertThat(Scale.QUICK.many(5000)).isEqualTo(250);
        assertThat(Scale.TINY.many(5000)).isEqualTo(100);
    }
}
