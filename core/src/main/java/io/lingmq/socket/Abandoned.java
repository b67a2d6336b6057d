package io.lingmq.socket;

import io.lingmq.event.DropReason;
import io.lingmq.guard.Log;
import io.lingmq.option.SocketType;
import io.lingmq.routing.Drops;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Messages of one socket that came for somebody who does not wait any more. The first one is told, since the program
 * most likely ends the wrong stage; all are counted.
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
            Log.warning("a message for receiveAsync of a " + type + " socket came when all stages that depend on it had"
                    + " been ended: end the future itself, as in receiveAsync().orTimeout(..).thenApply(..), and no"
                    + " message is taken for it. Further ones are only counted, as " + DropReason.ABANDONED);
        }
    }
}
