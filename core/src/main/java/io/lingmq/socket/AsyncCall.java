package io.lingmq.socket;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A send or receive that waits for its turn, as the future that its caller holds.
 *
 * <p>Either the socket does what was asked for, or the time for it is over, or the future is ended from outside:
 * cancelled, completed, out of another's time. Never two of these, and what {@code cancel} returns is the truth. One
 * word decides:
 *
 * <pre>
 *   WAITING ── it is tried ──► TAKING ── it succeeds or fails for good ──► SERVED ── told ──► done
 *      │ │  ◄── not possible yet ────┘                                       ▲
 *      │ └───────────────────── its time is over ────────────────────────────┘
 *      └─── ended from outside ──► WITHDRAWN ──► done
 * </pre>
 *
 * <p>A thread that wants to end it while it is tried waits for the end of that, which takes no longer than a call that
 * does not wait. So no message is taken for somebody who no longer wants it, and none has to be handed back.
 *
 * <p>Threading: a {@link SerialTask} serves it, one run at a time; everything that a future can do from any thread.
 *
 * @param <T> what it completes with
 */
abstract class AsyncCall<T> extends CompletableFuture<T> {
    private enum State {
        WAITING,
        TAKING,
        SERVED,
        WITHDRAWN
    }

    private static final int SPINS = 100;
    private static final long PARK_NS = 20_000;

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final Runnable onWithdrawn;
    private @Nullable Throwable failure;
    private boolean isLate;
    private volatile @Nullable Future<?> timer;
    private volatile @Nullable Thread taker;

    /** A call that tells when it has been ended from outside. */
    AsyncCall(Runnable onWithdrawn) {
        this.onWithdrawn = onWithdrawn;
    }

    // ---- the serving task's side

    /** Does what was asked for if that can be done now. May throw anything; then the call fails with it. */
    abstract boolean attempt();

    /** Completes the future after a successful attempt. */
    abstract void succeed();

    /** Completes the future when its time was over. */
    abstract void expire();

    /** Tries to do what was asked for; false if it has to wait. */
    final boolean serve() {
        if (!state.compareAndSet(State.WAITING, State.TAKING)) {
            return true;
        }
        taker = Thread.currentThread();
        var next = State.WAITING;
        try {
            next = attempt() ? State.SERVED : State.WAITING;
        } catch (Throwable e) { // whatever it is, it is the caller's to hear, and no other call's
            failure = e;
            next = State.SERVED;
        } finally {
            taker = null;
            state.set(next);
        }
        cancelTimerIfOver();
        return next == State.SERVED;
    }

    /** Whether it was served, well or badly: then it is to be {@linkplain #finish told}. */
    final boolean isServed() {
        return state.get() == State.SERVED;
    }

    /** Ends the wait: the time is over. True if that decides, and is to be {@linkplain #finish told}. */
    final boolean isOutOfTime() {
        isLate = state.compareAndSet(State.WAITING, State.SERVED);
        return isLate;
    }

    /** Ends the wait with a failure. True if that decides, and is to be {@linkplain #finish told}. */
    final boolean giveUp(Throwable why) {
        var decides = state.compareAndSet(State.WAITING, State.SERVED);
        failure = decides ? why : failure;
        cancelTimerIfOver();
        return decides;
    }

    /** What ends the wait; it is cancelled when nobody waits any more. */
    final void timer(@Nullable Future<?> running) {
        timer = running;
        cancelTimerIfOver();
    }

    private void cancelTimerIfOver() {
        var running = timer;
        if (running != null && isOver()) {
            running.cancel(false);
        }
    }

    /** Whether it was served or withdrawn: it does not wait any more. */
    final boolean isOver() {
        var now = state.get();
        return now == State.SERVED || now == State.WITHDRAWN;
    }

    /** Tells the outcome, and runs the code that depends on it. */
    final void finish() {
        assert isServed() : "what is told has happened";
        if (failure != null) {
            super.completeExceptionally(failure);
        } else if (isLate) {
            expire();
        } else {
            succeed();
        }
    }

    final void completeWith(@Nullable T value) {
        super.complete(value);
    }

    // ---- everybody else's side

    /** Whether the future is its holder's to end; not if it was served. */
    private boolean withdraw() {
        for (var tries = 0; ; tries++) {
            var now = state.get();
            if (now == State.WITHDRAWN) {
                return true;
            }
            if (now == State.SERVED || taker == Thread.currentThread()) {
                return false; // also from within the attempt, which cannot wait for itself
            }
            if (now == State.TAKING) {
                pause(tries);
            } else if (state.compareAndSet(State.WAITING, State.WITHDRAWN)) {
                cancelTimerIfOver();
                onWithdrawn.run();
                return true;
            }
        }
    }

    private void pause(int tries) {
        if (tries < SPINS) {
            Thread.onSpinWait();
        } else {
            TimedPark.of(PARK_NS, this);
        }
    }

    @Override
    public boolean complete(T value) {
        return withdraw() && super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable cause) {
        return withdraw() && super.completeExceptionally(cause);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return withdraw() ? super.cancel(mayInterruptIfRunning) : isCancelled();
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        executor.execute(() -> {
            try {
                complete(supplier.get());
            } catch (Throwable e) { // as the method that is overridden does
                completeExceptionally(e);
            }
        });
        return this;
    }

    @Override
    public void obtrudeValue(T value) {
        var unused = withdraw();
        super.obtrudeValue(value);
    }

    @Override
    public void obtrudeException(Throwable cause) {
        var unused = withdraw();
        super.obtrudeException(cause);
    }
}
