package io.lingmq.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.bench.report.Results.Summary;
import io.lingmq.bench.run.Contender;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private final Results results = new Results();

    @Test
    void theMedianIsTheMiddleOne() {
        assertThat(Summary.of(9, 1, 5)).isEqualTo(new Summary(5, 1, 9));
        assertThat(Summary.of(9, 1, 5, 7)).isEqualTo(new Summary(6, 1, 9));
        assertThat(Summary.of(3)).isEqualTo(new Summary(3, 3, 3));
    }

    @Test
    void sumsUpWhatBelongsTogether() {
        results.add("fan-1", Contender.LINGMQ, 1, "a", 1);
        results.add("fan-1", Contender.LINGMQ, 2, "a", 3);
        results.add("fan-1", Contender.LINGMQ, 1, "b", 100);
        results.add("fan-1", Contender.LIBZMQ, 1, "a", 100);
        results.add("fan-8", Contender.LINGMQ, 1, "a", 100);
        assertThat(results.summary("fan-1", Contender.LINGMQ, "a")).isEqualTo(new Summary(2, 1, 3));
        assertThat(results.summary("fan-1", Contender.JEROMQ, "a")).isNull();
    }

    @Test
    void aLibraryThatFailedOnceHasNoFigure() {
        results.add("fan-1", Contender.LINGMQ, 1, "a", 1);
        results.fail("fan-1", Contender.LINGMQ, 2, "lost its way");
        assertThat(results.summary("fan-1", Contender.LINGMQ, "a")).isNull();
        assertThat(results.failure("fan-1", Contender.LINGMQ)).isEqualTo("lost its way");
    }
}
