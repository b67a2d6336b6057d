package io.lingmq.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.lingmq.Context;
import io.lingmq.error.LingException;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.ResourceWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A context that closes under somebody who binds and connects leaves nothing open. */
class BindWhileClosingTest {
    private static final int ROUNDS = 100;

    @TempDir
    private Path folder;

    private final AtomicInteger last = new AtomicInteger();

    @Test
    void nothingIsLeftOfBindsAndConnectsThatMeetTheEnd() throws IOException {
        close(19); // what the Java machine opens once, it opens now
        var watch = ResourceWatch.begin("closing-");
        for (var round = 1; round <= ROUNDS; round++) {
            close(round);
        }
        watch.assertReturned();
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    private void close(int bindsBefore) {
        var context =
                Context.builder().threadNamePrefix("closing-").ioThreads(2).open();
        var begun = new AtomicInteger();
        var binding = Background.run("binding", () -> bindUntilRefused(context, begun));
        while (begun.get() < bindsBefore % 20) {
            Thread.onSpinWait();
        }
        context.close(Duration.ofSeconds(10));
        binding.result();
    }

    private void bindUntilRefused(Context context, AtomicInteger begun) {
        try {
            var pull = context.pull();
            while (true) {
                begun.incrementAndGet();
                pull.bind("tcp://127.0.0.1:*");
                pull.bind("ipc://" + folder.resolve(String.valueOf(last.incrementAndGet())));
                pull.bind("ipc://*");
                pull.connect(pull.lastEndpoint());
            }
        } catch (LingException e) {
            begun.addAndGet(100); // the context is closed, as it should be
        }
    }
}
