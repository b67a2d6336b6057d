package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.Test;

class SharedTimerTest {
    @Test
    void whatFindsNoThreadIsNotKept() {
        var timer = new ScheduledThreadPoolExecutor(1, work -> {
            throw new InternalError("unable to create native thread, on purpose");
        });
        assertThatThrownBy(() -> SharedTimer.run(timer, 1, () -> {})).isInstanceOf(InternalError.class);
        assertThat(timer.getQueue()).isEmpty();
        timer.shutdownNow();
    }
}
