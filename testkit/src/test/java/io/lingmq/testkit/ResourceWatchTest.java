package io.lingmq.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ResourceWatchTest {
    @Test
    void namesTheThreadThatStays() {
        var watch = ResourceWatch.begin("stayer");
        var leave = new CountDownLatch(1);
        var stayer = Background.run("stayer-1", leave::await);
        try {
            assertThatThrownBy(() -> watch.assertReturned(Duration.ofMillis(50)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("stayer-1");
        } finally {
            leave.countDown();
        }
        stayer.result();
        watch.assertReturned();
    }
}
