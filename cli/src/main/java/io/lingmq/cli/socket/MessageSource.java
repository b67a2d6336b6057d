package io.lingmq.cli.socket;

import io.lingmq.message.Message;
import org.jspecify.annotations.Nullable;

/** Where messages to send come from. Threading: confined to the thread that sends. */
interface MessageSource {
    /** The next message, or null after the last. */
    @Nullable
    Message next() throws InterruptedException;

    /** Whether there is nothing to send for now, as far as can be seen. Any thread. */
    default boolean isSilent() {
        return false;
    }
}
