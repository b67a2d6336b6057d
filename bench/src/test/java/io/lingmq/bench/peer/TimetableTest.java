package io.lingmq.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimetableTest {
    private static final long HOUR_NS = TimeUnit.HOURS.toNanos(1);

    @Test
    void messagesLeaveAtEvenDistance() {
        var timetable = new Timetable(7, 1_000_000);
        assertThat(timetable.dueNs(0)).isEqualTo(7);
        assertThat(timetable.dueNs(1)).isEqualTo(1007);
        assertThat(timetable.dueNs(3_600_000_000L)).isEqualTo(HOUR_NS + 7);
    }

    /** A rate that divides no second still comes out right in the long run. */
    @Test
    void nothingIsLostByRounding() {
        assertThat(new Timetable(0, 3).dueNs(3 * 3600)).isEqualTo(HOUR_NS);
    }

    @Test
    void nothingLeavesBeforeItsTime() {
        var timetable = Timetable.from(1000);
        for (var i = 0; i < 5; i++) {
            var dueNs = timetable.await(i);
            assertThat(System.nanoTime() - dueNs).isNotNegative();
        }
    }

    /** If that slept, the test would take an hour for each message. */
    @Test
    void whoIsLateSendsAtOnceAndKeepsTheTimes() {
        var begunNs = System.nanoTime() - 2 * HOUR_NS;
        var timetable = new Timetable(begunNs, 1);
        assertThat(timetable.await(0)).isEqualTo(begunNs);
        assertThat(timetable.await(3600)).isEqualTo(begunNs + HOUR_NS);
    }
}
