package io.lingmq.socket;

import io.lingmq.event.DropReason;
import io.lingmq.guard.Log;
import io.lingmq.option.SocketType;
import io.lingmq.routing.Drops;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Messages of one socket that were taken for a future whose dependent stages were ended before they heard of it. The
 * first one is told, since the program most likely ends the wrong stage; all are counted.
 *
 * <p>Threading: any thread.
 */
final class Abandoned {
    private final SocketType type;
    private final Drops drops;
    private final AtomicBoolean isTold = new AtomicBoolean();

    Abandoned(SocketType type, Drops drops) {
        this.type = type;
        this.drops = drops;
    }

    /** One more. */
    void count() {
        drops.countAnywhere(DropReason.ABANDONED, 1);
        if (isTold.compareAndSet(false, true)) {
            Log.warning("all stages that depend on a receiveAsync of a " + type + " socket ended just when its message"
                    + " came, and nobody has it: use receiveAsync(Duration), or end the future itself as in"
                    + " receiveAsync().orTimeout(..).thenApply(..). Further ones are only counted, as "
                    + DropReason.ABANDONED);
        }
    }
}
