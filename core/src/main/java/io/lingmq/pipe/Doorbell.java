package io.lingmq.pipe;

import io.lingmq.lang.Fields;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/**
 * Wakes one side of a pipe when the other side has something for it, and only if it waits.
 *
 * <p>The side that waits calls {@link #arm} when it found nothing, then <em>looks once more</em>. The side that brings
 * something makes it visible, then calls {@link #ring}. Either the second look finds it, or the ring finds the bell
 * armed: both put a full fence between their write and their read, so they cannot both miss. A ring disarms the bell.
 *
 * <p>A fence for each message is a quarter of what it costs to pass one between two threads of a process. So who sends
 * there, under its lock, rings without one ({@link #ringWithoutFence}), and the side that waits, which does so seldom,
 * makes up for it: where that lock is held for sending after {@link #arm}, its second look comes when that hold is
 * over. A later sender takes the lock later, which is a fence too, and finds the bell armed; and what was sent before
 * is there at the second look.
 *
 * <p>Threading: {@code ring} from any thread; {@code arm} from the waiting side alone.
 */
public final class Doorbell extends Notice {
    /** What a ring means to its owner. */
    public enum Kind {
        /** There is something to receive. */
        READABLE,
        /** There is room to send. */
        WRITABLE,
        /** There is room to read from the connection. */
        INPUT
    }

    private static final int RUNG = 0;
    private static final int ARMED = 1;
    private static final VarHandle STATE = Fields.handle(MethodHandles.lookup(), Doorbell.class, "state", int.class);

    private final Pipe pipe;
    private final Kind kind;
    private final Consumer<Doorbell> owner;
    private volatile int state;

    Doorbell(Pipe pipe, Kind kind, Consumer<Doorbell> owner) {
        this.pipe = pipe;
        this.kind = kind;
        this.owner = owner;
    }

    /** The pipe that this bell belongs to. */
    public Pipe pipe() {
        return pipe;
    }

    /** What a ring means. */
    public Kind kind() {
        return kind;
    }

    /** Bringing side, after its news are visible: wakes the owner if the bell is armed. */
    public void ring() {
        VarHandle.fullFence();
        ringWithoutFence();
    }

    /**
     * As {@link #ring}, by a thread that holds its socket's lock for sending, where the side that waits looks at that.
     */
    void ringWithoutFence() {
        if (state == ARMED && STATE.compareAndSet(this, ARMED, RUNG)) {
            owner.accept(this);
        }
    }

    /** Waiting side: nothing was found; look once more after this. */
    public void arm() {
        state = ARMED;
        VarHandle.fullFence();
    }

    /** Waiting side: the second look found something. False if a ring came in between and will be delivered. */
    public boolean disarm() {
        return STATE.compareAndSet(this, ARMED, RUNG);
    }
}
