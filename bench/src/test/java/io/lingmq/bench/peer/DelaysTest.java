package io.lingmq.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DelaysTest {
    private final Delays delays = new Delays();

    private void addMicroseconds(int first, int last) {
        for (var us = first; us <= last; us++) {
            delays.add(us * 1000L);
        }
    }

    private String described() {
        var out = new ByteArrayOutputStream();
        delays.describe(new Line("lingmq pace")).print(new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    @Test
    void aPercentileNeedsAHundredSamplesBeyondIt() {
        addMicroseconds(1, 199);
        assertThat(described()).matches("lingmq pace max_us=199\\.\\d+");
        addMicroseconds(200, 200);
        assertThat(described()).matches("lingmq pace p50_us=100\\.\\d+ max_us=200\\.\\d+");
        addMicroseconds(201, 999);
        assertThat(described()).doesNotContain("p90_us");
        addMicroseconds(1000, 1000);
        assertThat(described()).matches("lingmq pace p50_us=500\\.\\d+ p90_us=90\\d\\.\\d+ max_us=100\\d\\.\\d+");
    }

    @Test
    void aHundredThousandSamplesTellTheTailToo() {
        addMicroseconds(1, 99_999);
        assertThat(described()).contains(" p99_us=").doesNotContain("p999_us");
        addMicroseconds(100_000, 100_000);
        assertThat(described()).contains(" p99_us=").contains(" p999_us=");
    }

    @Test
    void theRunUpIsForgotten() {
        addMicroseconds(5000, 6000);
        delays.reset();
        addMicroseconds(1, 1);
        assertThat(described()).matches("lingmq pace max_us=1\\.\\d+");
    }

    /** The clocks of two cores may differ by a little, and an hour is as good as for ever. */
    @Test
    void aDelayThatCannotBeIsTakenAsTheNearestThatCan() {
        delays.add(-5);
        assertThat(described()).endsWith("max_us=0.000");
        delays.add(Long.MAX_VALUE);
        assertThat(described()).contains("max_us=36");
    }
}
