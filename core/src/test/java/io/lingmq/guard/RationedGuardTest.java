package io.lingmq.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.testkit.FakeClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RationedGuardTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeClock clock = new FakeClock();
    private final List<String> lines = new ArrayList<>();

    private final LogTrap log = new LogTrap(lines::add);
    private final RationedGuard guard = new RationedGuard(clock, MINUTE);

    @AfterEach
    void listenNoLonger() {
        log.close();
    }

    private void fail(int times) {
        for (var i = 0; i < times; i++) {
            var failure = new IllegalStateException("on purpose");
            assertThat(guard.run("a stranger", () -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
        }
    }

    private List<String> takeLines() {
        var taken = lines.stream().map(line -> line.replaceAll(": java.*", "")).toList();
        lines.clear();
        return taken;
    }

    @Test
    void codeThatEndsWellLeavesNoTrace() {
        assertThat(guard.run("a stranger", () -> {})).isNull();
        assertThat(takeLines()).isEmpty();
    }

    @Test
    void oneFailureInEachIntervalIsLogged() {
        fail(1);
        assertThat(takeLines()).containsExactly("a stranger failed");

        fail(999);
        clock.advance(MINUTE.minusNanos(1));
        fail(1);
        assertThat(takeLines()).isEmpty();

        clock.advance(Duration.ofNanos(1));
        fail(2);
        assertThat(takeLines()).containsExactly("a stranger failed; failures before it that were not logged: 1000");

        clock.advance(MINUTE);
        fail(1);
        assertThat(takeLines()).containsExactly("a stranger failed; failures before it that were not logged: 1");
    }

    @Test
    void nothingIsCountedTwice() {
        fail(2);
        clock.advance(MINUTE);
        fail(1);
        clock.advance(MINUTE);
        takeLines();
        fail(1);
        assertThat(takeLines()).containsExactly("a stranger failed");
    }
}
