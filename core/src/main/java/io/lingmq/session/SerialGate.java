package io.lingmq.session;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread at a time do a kind of work that any thread may do, and leaves no work undone.
 *
 * <p>A thread brings its work. The gate calls the work, and is free again when the work returns or throws, so no thread
 * can keep the gate. A thread that finds the gate taken does not wait: it leaves a note, and the thread inside answers
 * the note as it leaves. To leave a note and to leave the gate are one atomic step each on one variable: so either the
 * note is seen, or the gate was free and the thread that wanted to leave a note enters.
 *
 * <p>The end is a note too: a thread that ends the gate never waits for the one inside, but leaves the last work to it.
 *
 * <pre>
 *   FREE --run, tryRun--> TAKEN --run by another--> NOTED
 *     ^---- work done ------'   ^------------------- / work done: the note is answered
 *   FREE --end--> ENDED         TAKEN, NOTED --end--> ENDING --work done, then the last--> ENDED
 * </pre>
 *
 * <p>Threading: any thread. The work is called in the thread that brings it, and should be kept by whoever brings it
 * often: the gate itself allocates nothing.
 */
final class SerialGate {
    private static final int FREE = 0;
    private static final int TAKEN = 1;
    private static final int NOTED = 2;
    private static final int ENDING = 3;
    private static final int ENDED = 4;

    private final AtomicInteger state = new AtomicInteger(FREE);
    private final Runnable noted;
    private Runnable last = () -> {}; // written before ENDING or ENDED, read after
    private @Nullable Thread holder; // for assertions alone

    /**
     * A free gate.
     *
     * @param noted answers a note: sees to it that somebody looks once more at what there is to do. Called in any
     *     thread, behind the work that was under way
     */
    SerialGate(Runnable noted) {
        this.noted = noted;
    }

    /** Does the work if the gate is free, else leaves a note for the thread inside; null if it was not done here. */
    <R> @Nullable R run(Supplier<R> work) {
        return enter() ? inside(work) : null;
    }

    /** Does the work if the gate is free; null if it is not. */
    <R> @Nullable R tryRun(Supplier<R> work) {
        return tryEnter() ? inside(work) : null;
    }

    /** As {@link #tryRun(Supplier)}, for work that wants to be told a number. */
    <R> @Nullable R tryRun(LongFunction<R> work, long number) {
        if (!tryEnter()) {
            return null;
        }
        try {
            return work.apply(number);
        } finally {
            leave();
        }
    }

    private <R> R inside(Supplier<R> work) {
        try {
            return work.get();
        } finally {
            leave();
        }
    }

    /**
     * Ends the gate: no thread enters it any more. The last work is done once, when the gate is free: here and now, or
     * by the thread inside, as it leaves. A second call changes nothing.
     */
    void end(Runnable lastWork) {
        while (true) {
            var seen = state.get();
            if (seen == ENDING || seen == ENDED) {
                return;
            }
            if (seen == FREE ? endFree(lastWork) : endTaken(seen, lastWork)) {
                return;
            }
        }
    }

    private boolean endFree(Runnable lastWork) {
        if (!tryEnter()) {
            return false;
        }
        last = lastWork;
        state.set(ENDING);
        leave();
        return true;
    }

    /** The thread inside sees the last work, which is written before the order. Only one thread orders the end. */
    private boolean endTaken(int seen, Runnable lastWork) {
        last = lastWork;
        return state.compareAndSet(seen, ENDING);
    }

    /** Whether its end has been ordered. */
    boolean isOver() {
        return state.get() >= ENDING;
    }

    /** Whether the calling thread is inside. For assertions alone. */
    boolean isMine() {
        return holder == Thread.currentThread();
    }

    private boolean enter() {
        while (true) {
            var seen = state.get();
            if (seen == FREE ? tryEnter() : seen != TAKEN || state.compareAndSet(TAKEN, NOTED)) {
                return seen == FREE;
            }
        }
    }

    private boolean tryEnter() {
        var entered = state.get() == FREE && state.compareAndSet(FREE, TAKEN);
        assert !entered || heldBy(Thread.currentThread());
        return entered;
    }

    private boolean heldBy(@Nullable Thread thread) {
        holder = thread;
        return true;
    }

    private void leave() {
        assert isMine() : "only the thread inside leaves the gate";
        if (leaves(TAKEN)) {
            return;
        }
        if (leaves(NOTED)) {
            noted.run();
            return;
        }
        assert state.get() == ENDING;
        try {
            last.run();
        } finally {
            assert heldBy(null);
            state.set(ENDED);
        }
    }

    private boolean leaves(int seen) {
        assert heldBy(null); // before anybody else can have it
        if (state.compareAndSet(seen, FREE)) {
            return true;
        }
        assert heldBy(Thread.currentThread());
        return false;
    }
}
