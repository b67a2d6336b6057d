package io.lingmq.testkit;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A call that runs in a thread of its own, because it is meant to block; what it ends with is not lost.
 *
 * @param <T> what the call returns
 */
public final class Background<T extends @Nullable Object> {
    private final FutureTask<T> task;
    private final Thread thread;

    private Background(String name, Callable<T> call) {
        task = new FutureTask<>(call);
        thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Starts a call that returns something. */
    public static <T extends @Nullable Object> Background<T> call(String name, Callable<T> call) {
        return new Background<>(name, call);
    }

    /** Starts a call that returns nothing. */
    public static Background<Boolean> run(String name, Action action) {
        return new Background<>(name, () -> {
            action.run();
            return true;
        });
    }

    /** Waits until the thread is inside a method of the given name. */
    public Background<T> awaitInside(String method) {
        Await.until(thread.getName() + " is inside " + method, () -> isInside(method) || isDone());
        if (isDone()) {
            throw new AssertionError(thread.getName() + " ended before it was seen in " + method);
        }
        return this;
    }

    private boolean isInside(String method) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals(method));
    }

    /** Whether the call has ended. */
    public boolean isDone() {
        return task.isDone();
    }

    /** Interrupts the thread. */
    public void interrupt() {
        thread.interrupt();
    }

    /** What the call returns, within ten seconds. */
    public T result() {
        return result(Await.PATIENCE);
    }

    /**
     * What the call returns, within the given time.
     *
     * @throws AssertionError if it does not end in time or ends with an exception, which is then the cause
     */
    public T result(Duration patience) {
        try {
            return end(patience);
        } catch (ExecutionException e) {
            throw new AssertionError(thread.getName() + " failed: " + e.getCause(), e.getCause());
        }
    }

    /**
     * The exception that the call ends with.
     *
     * @throws AssertionError if it does not end in time, or without an exception
     */
    public Throwable failure(Duration patience) {
        try {
            throw new AssertionError(thread.getName() + " should have failed, but returned " + end(patience));
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        }
    }

    private T end(Duration patience) throws ExecutionException {
        try {
            return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw stillRunning(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + thread.getName(), e);
        }
    }

    private AssertionError stillRunning(Duration patience) {
        var late = new AssertionError(thread.getName() + " still runs after " + patience.toMillis() + " ms, see where");
        late.setStackTrace(thread.getStackTrace());
        return late;
    }

    /** Something to do that may fail. */
    @FunctionalInterface
    public interface Action {
        /** Does it. */
        void run() throws Exception;
    }
}
