package io.lingmq.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.bench.run.Contender;
import io.lingmq.bench.run.Scenarios;
import org.junit.jupiter.api.Test;

class PageTest {
    private final Results results = new Results();

    @Test
    void aRowHasMedianSpreadAndRatios() {
        results.note(Results.RUNS, "3");
        for (var run = 1; run <= 3; run++) {
            results.add("fan-8", Contender.LINGMQ, run, "deliveries_per_s", run * 2_000_000);
            results.add("fan-8", Contender.LIBZMQ, run, "deliveries_per_s", 1_000_000);
            results.add("fan-8", Contender.JEROMQ, run, "deliveries_per_s", 500_000);
        }
        assertThat(Page.of(results))
                .contains("median of 3 runs")
                .contains("| 8 | **4.00 M** (2.00 M … 6.00 M) | **1.00 M** | **500 k** | 4.00 | 8.00 |");
    }

    @Test
    void whereLessIsBetterTheRatioIsTheOtherWayRound() {
        results.add("tcp-lat", Contender.LINGMQ, 1, "p50_us", 5);
        results.add("tcp-lat", Contender.LIBZMQ, 1, "p50_us", 40);
        assertThat(Page.of(results)).contains("| 50 % | **5.00** | **40.0** | – | 8.00 | – |");
    }

    @Test
    void aFailureStandsInItsTableAndBelow() {
        results.add("fan-8", Contender.LINGMQ, 1, "deliveries_per_s", 2_000_000);
        results.fail("fan-8", Contender.JEROMQ, 1, "a | b");
        assertThat(Page.of(results))
                .contains("| 8 | **2.00 M** | – | failed | – | – |")
                .contains("## Failures")
                .contains("| fan-8 | JeroMQ | 1 | a \\| b |");
    }

    @Test
    void whatWasNotTriedIsLeftOut() {
        results.add("fan-8", Contender.LINGMQ, 1, "deliveries_per_s", 2_000_000);
        assertThat(Page.measured(results)).extracting(Section::id).containsExactly("fan-out");
    }

    /** As the tail of a slow stream, where too few samples lie beyond it. */
    @Test
    void aFigureThatNobodyToldIsADash() {
        results.add("pace-1000", Contender.LINGMQ, 1, "p50_us", 60);
        results.add("pace-1000", Contender.LIBZMQ, 1, "p50_us", 90);
        assertThat(Page.of(results))
                .contains("| 1,000 | **60.0** | **90.0** | – | 1.50 | – |")
                .contains("| 1,000 | – | – | – | – | – |");
    }

    @Test
    void everyScenarioIsShownSomewhere() {
        var shown = Sections.all().stream()
                .flatMap(section -> section.rows().stream())
                .map(Row::scenario)
                .toList();
        assertThat(shown).containsAll(Scenarios.names());
        assertThat(Scenarios.names()).containsAll(shown);
    }

    @Test
    void plotsHaveNamesOfTheirOwn() {
        assertThat(Sections.all()).extracting(Section::id).doesNotHaveDuplicates();
    }

    @Test
    void sizesHaveTheirUnits() {
        assertThat(Scenarios.TCP_SIZES.stream().map(Sections::bytes))
                .containsExactly("16 B", "64 B", "1 KiB", "4 KiB", "8 KiB", "16 KiB", "64 KiB", "1 MiB", "16 MiB");
    }

    @Test
    void numbersHaveThreeDigits() {
        assertThat(Numbers.brief(12_345_678)).isEqualTo("12.3 M");
        assertThat(Numbers.brief(1_500_000)).isEqualTo("1.50 M");
        assertThat(Numbers.brief(45_678)).isEqualTo("45.7 k");
        assertThat(Numbers.brief(1234)).isEqualTo("1234");
        assertThat(Numbers.brief(0.1234)).isEqualTo("0.12");
        assertThat(Numbers.brief(0.0012)).isEqualTo("0.0012");
        assertThat(Numbers.brief(0)).isEqualTo("0");
    }
}
