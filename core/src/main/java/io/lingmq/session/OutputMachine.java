package io.lingmq.session;

import io.lingmq.lang.Fields;
import io.lingmq.session.OutputState.News;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The state of one output. News come from several threads, perhaps at one time: none of them is lost, and of two that
 * tell the same one is told that it was the first.
 *
 * <p>Threading: any thread; each look is one volatile read.
 */
final class OutputMachine {
    private static final VarHandle STATE =
            Fields.handle(MethodHandles.lookup(), OutputMachine.class, "state", OutputState.class);

    private volatile OutputState state = OutputState.OPENING;

    /** Goes on to the next state; false if the news mean nothing in the one that it has. */
    boolean after(News news) {
        while (true) {
            var now = state;
            var next = now.after(news);
            if (next == null) {
                return false;
            }
            if (STATE.compareAndSet(this, now, next)) {
                return true;
            }
        }
    }

    /** Whether it is in vain to write now. */
    boolean isBlocked() {
        return state.isBlocked();
    }

    /** Whether the pipe's messages may be written, as soon as the channel takes them. */
    boolean hasBegun() {
        return state.hasBegun();
    }

    /** Whether nothing is written any more. */
    boolean hasFailed() {
        return state == OutputState.FAILED;
    }
}
