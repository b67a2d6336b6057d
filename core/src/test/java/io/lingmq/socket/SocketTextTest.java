package io.lingmq.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.testkit.Background;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SocketTextTest {
    @Test
    void textDoesNotWaitForTheLock() throws InterruptedException {
        var context = new ContextCore(1, "text");
        var pub = context.socket(SocketType.PUB, Settings.defaults());
        assertThat(pub.pipes().tryHold()).isTrue();
        try {
            assertThat(Background.call("one who logs", pub::toString).result()).isEqualTo("PUB#1 (open, 0 peers)");
        } finally {
            pub.pipes().letGo();
        }
        context.close(Duration.ZERO);
    }
}
