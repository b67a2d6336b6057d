package io.lingmq.pattern;

import io.lingmq.error.NotSupportedException;
import io.lingmq.message.Message;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Readiness;
import org.jspecify.annotations.Nullable;

/** The receiving half of a pattern that only sends. */
interface NoReceiving extends Pattern {
    @Override
    default @Nullable Message receive() {
        throw new NotSupportedException("a " + getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT)
                + " socket only sends; receive on the peer's socket type instead");
    }

    @Override
    default Readiness readiness() {
        return Readiness.NOT_READY;
    }

    @Override
    default void handBack(Message message, @Nullable Pipe from) {
        throw new AssertionError("what never receives has nothing to be handed back");
    }
}
