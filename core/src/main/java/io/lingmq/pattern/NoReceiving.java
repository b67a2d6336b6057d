package io.lingmq.pattern;

import io.lingmq.error.NotSupportedException;
import io.lingmq.message.Message;
import org.jspecify.annotations.Nullable;

/** The receiving half of a pattern that only sends. */
interface NoReceiving extends Pattern {
    @Override
    default @Nullable Message receive() {
        throw new NotSupportedException("a " + getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT)
                + " socket only sends; receive on the peer's socket type instead");
    }

    @Override
    default boolean canReceive() {
        return false;
    }
}
