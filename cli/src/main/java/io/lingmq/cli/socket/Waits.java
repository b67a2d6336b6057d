package io.lingmq.cli.socket;

import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Connections;
import io.lingmq.cli.shell.Span;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a command waits for something to happen, and why it waited in vain.
 *
 * @param longest how long at most; null is for ever
 * @param connections what is known of the peers
 */
record Waits(@Nullable Duration longest, Connections connections) {
    /** The failure that ends a command whose time is up. */
    CommandFailure timedOut(String what) {
        var within = longest == null ? "" : " within " + Span.text(longest);
        return CommandFailure.failed(what + within + connections.why());
    }
}
