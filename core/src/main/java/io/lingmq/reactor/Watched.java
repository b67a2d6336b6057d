package io.lingmq.reactor;

import io.lingmq.guard.Log;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A channel that a reactor watches. What its handler throws ends what the channel is for, and nothing else.
 *
 * <p>A handler that fails for want of memory may well fail again when it gives up. Until it has done so the channel is
 * left alone, and the handler told again, after longer and longer pauses. What that takes is made when the channel is
 * registered, not when there may be no memory left; and for giving up there is a {@linkplain Reserve reserve}.
 *
 * <p>Threading: the reactor's thread.
 */
final class Watched {
    private static final long FIRST_PAUSE_NS = 10_000_000;
    private static final long LONGEST_PAUSE_NS = 10_000_000_000L;

    private final ReadyHandler handler;
    private final Reserve reserve;
    private final Timer again;
    private @Nullable Throwable failure;
    private long pauseNs = FIRST_PAUSE_NS;

    Watched(Reactor reactor, Reserve reserve, ReadyHandler handler) {
        this.handler = handler;
        this.reserve = reserve;
        again = new Timer(reactor, this::giveUp);
    }

    /** The channel is ready for what its key says. */
    void ready(SelectionKey key) {
        try {
            if (failure == null) { // else it was told so already, and has not given up yet
                handler.ready(key.readyOps());
            }
        } catch (CancelledKeyException e) {
            // Closed by its own side a moment ago: nothing is left to do for it.
            return;
        } catch (Throwable e) { // this channel only
            failed(key, e);
        }
    }

    private void failed(SelectionKey key, Throwable cause) {
        failure = cause;
        if (giveUp() || !key.isValid()) {
            return;
        }
        try {
            key.interestOps(0);
        } catch (CancelledKeyException e) {
            return; // giving up came so far
        }
    }

    /** Has the handler give up; false if it could not, and will have to do so later. */
    private boolean giveUp() {
        var cause = Objects.requireNonNull(failure);
        reserve.open();
        try {
            handler.failed(cause);
            failure = null;
            pauseNs = FIRST_PAUSE_NS;
            reserve.refill();
            return true;
        } catch (Throwable e) { // for the same reason, mostly
            var isFirst = pauseNs == FIRST_PAUSE_NS;
            again.set(pauseNs);
            pauseNs = Math.min(2 * pauseNs, LONGEST_PAUSE_NS);
            if (isFirst) {
                Log.warning("a channel cannot be given up yet", e);
            }
            return false;
        }
    }
}
