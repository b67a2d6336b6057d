package io.lingmq.pattern;

import io.lingmq.error.NotSupportedException;
import io.lingmq.message.Frames;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.SendResult;

/** The sending half of a pattern that only receives. */
interface NoSending extends Pattern {
    @Override
    default SendResult send(Frames message) {
        throw new NotSupportedException("a " + getClass().getSimpleName().toUpperCase(java.util.Locale.ROOT)
                + " socket only receives; send on the peer's socket type instead");
    }

    @Override
    default boolean canSend() {
        return false;
    }

    @Override
    default void writable(Pipe pipe) {}
}
