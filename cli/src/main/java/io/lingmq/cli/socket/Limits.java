package io.lingmq.cli.socket;

import io.lingmq.cli.shell.Span;
import io.lingmq.cli.shell.WholeNumber;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** When a command ends. */
final class Limits {
    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            converter = WholeNumber.class,
            description = "End after N messages sent, received or served; messages given are repeated in turn.")
    private @Nullable Long count;

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "DURATION",
            converter = Span.class,
            description = "Fail when nothing happens for so long: no peer, no message, no reply. 500ms, 5s, 2m, 1h.")
    private @Nullable Duration timeout;

    /** How many messages, or null for as many as there are. */
    @Nullable
    Long count() {
        return count;
    }

    long countOrEndless() {
        return count == null ? Long.MAX_VALUE : count;
    }

    @Nullable
    Duration timeout() {
        return timeout;
    }
}
