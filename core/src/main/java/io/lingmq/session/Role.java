package io.lingmq.session;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Work that any thread may do, one at a time, and that is never left undone.
 *
 * <p>A thread that finds the role taken leaves a note instead of waiting, and whoever has the role finds the note as it
 * leaves. The note and the leaving are one atomic step each on one variable, so a note is either seen or comes when the
 * role is free.
 *
 * <p>Threading: any thread.
 */
final class Role {
    private static final long RETRY_NS = 10_000;
    private static final int FREE = 0;
    private static final int TAKEN = 1;
    private static final int TAKEN_WITH_NOTE = 2;

    private final AtomicInteger state = new AtomicInteger(FREE);

    /** Takes the role if it is free, else leaves a note for whoever has it. */
    boolean enter() {
        while (true) {
            if (state.compareAndSet(FREE, TAKEN)) {
                return true;
            }
            if (state.get() == TAKEN_WITH_NOTE || state.compareAndSet(TAKEN, TAKEN_WITH_NOTE)) {
                return false;
            }
        }
    }

    /** Takes the role if it is free. */
    boolean tryEnter() {
        return state.get() == FREE && state.compareAndSet(FREE, TAKEN);
    }

    /** Gives the role up; true if there is a note, and so somebody has to look once more. */
    boolean leave() {
        return state.getAndSet(FREE) == TAKEN_WITH_NOTE;
    }

    /** Waits for the role and keeps it for ever. Nobody has it for more than a moment, so this is short. */
    void takeForGood() {
        while (!tryEnter()) {
            LockSupport.parkNanos(this, RETRY_NS);
        }
    }
}
