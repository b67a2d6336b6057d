package io.lingmq.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lingmq.bench.run.Contender;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsFileTest {
    private final Results results = new Results();

    private Results writtenAndRead() {
        return ResultsFile.parse(ResultsFile.lines(results));
    }

    @Test
    void keepsEverything() {
        results.note("CPU", "a: good one");
        results.add("fan-1", Contender.LINGMQ, 1, "msg_per_s", 1.5e7);
        results.add("fan-1", Contender.JEROMQ, 2, "msg_per_s", 0.001);
        results.fail("fan-8", Contender.LIBZMQ, 1, "no end, sorry");
        var read = writtenAndRead();
        assertThat(read.facts()).isEqualTo(results.facts());
        assertThat(read.samples()).isEqualTo(results.samples());
        assertThat(read.failures()).isEqualTo(results.failures());
    }

    @Test
    void aReasonStaysOnItsLine() {
        results.fail("fan-8", Contender.LIBZMQ, 1, "first\nsecond");
        assertThat(writtenAndRead().failure("fan-8", Contender.LIBZMQ)).isEqualTo("first second");
    }

    @Test
    void refusesWhatIsNoResult() {
        assertThatThrownBy(() -> ResultsFile.parse(List.of("fan-1,lingmq,1"))).hasMessageContaining("fan-1,lingmq,1");
    }
}
