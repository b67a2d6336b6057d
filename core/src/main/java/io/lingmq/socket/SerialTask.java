package io.lingmq.socket;

import io.lingmq.guard.Guard;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs a piece of work on an executor whenever that is requested, one run at a time. A request during a run makes it
 * run once more, so nothing that happened before a request is missed.
 *
 * <p>What comes afterwards may take its time: the next run does not wait for it.
 *
 * <p>Threading: any thread. If the executor has no thread for a run, the next request tries again.
 */
final class SerialTask {
    private enum State {
        IDLE,
        REQUESTED,
        RUNNING
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private final Executor executor;
    private final Runnable work;
    private final Runnable afterwards;

    SerialTask(Executor executor, Runnable work) {
        this(executor, work, () -> {});
    }

    SerialTask(Executor executor, Runnable work, Runnable afterwards) {
        this.executor = executor;
        this.work = work;
        this.afterwards = afterwards;
    }

    void request() {
        if (state.getAndSet(State.REQUESTED) == State.IDLE) { // with it a fence: the run sees what came before
            start();
        }
    }

    private void start() {
        if (Guard.run("an executor of callbacks", () -> executor.execute(this::run)) != null) {
            state.set(State.IDLE);
        }
    }

    private void run() {
        state.set(State.RUNNING);
        Guard.run("a callback", work);
        if (!state.compareAndSet(State.RUNNING, State.IDLE)) {
            start();
        }
        Guard.run("a callback", afterwards);
    }
}
