package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WaitingTest {
    private static final long LONG_NS = TimeUnit.SECONDS.toNanos(60);

    private final Waiters waiters = new Waiters(Waiters.Kind.ALIKE);
    private final List<String> calls = new ArrayList<>();
    private final Waiting waiting = new Waiting(
            waiters, new AdaptiveSpin(), () -> calls.add(waiters.isEmpty() ? "stops looking" : "stops, enlisted"));

    @Test
    void goesOnBorrowingWhatItLookedIntoWhenNobodyElseWaits() throws InterruptedException {
        assertThat(waiting.until(List::isEmpty, List::isEmpty, calls, LONG_NS, LONG_NS, false))
                .isTrue();
        assertThat(calls).isEmpty();
    }

    @Test
    void leavesWhatItLookedIntoToTheIoThreadWhenOthersSleep() throws InterruptedException {
        waiters.enlist();
        assertThat(waiting.until(List::isEmpty, List::isEmpty, calls, LONG_NS, LONG_NS, false))
                .isTrue();
        assertThat(calls).containsExactly("stops, enlisted");
    }

    @Test
    void isEnlistedBeforeItLeavesWhatItLookedInto() throws InterruptedException {
        assertThat(waiting.until(nothing -> false, nothing -> true, calls, LONG_NS, 0, false))
                .isTrue();
        assertThat(calls).containsExactly("stops, enlisted");
    }
}
