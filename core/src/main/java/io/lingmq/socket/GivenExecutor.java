package io.lingmq.socket;

import io.lingmq.guard.Guard;
import io.lingmq.guard.Log;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An executor that the application gave for its callbacks. It may do what it likes with a task: nothing is lost.
 *
 * <ul>
 *   <li>Where it refuses one, or throws anything else, the task runs on a thread of the context; the first time is
 *       logged.
 *   <li>Where it runs a task at once, or blocks its caller, it holds up a thread of the context that is there for that,
 *       never one that does I/O or sends.
 *   <li>Where it is slow, tasks wait for it, in their order.
 *   <li>Where it drops a task and says nothing, it is asked again, later and later, until it has begun as many as it
 *       was given: it is asked to run the next task, not a certain one.
 * </ul>
 *
 * <p>Threading: any thread.
 */
final class GivenExecutor implements Executor {
    private static final long FIRST_LOOK_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LAST_LOOK_NS = TimeUnit.MINUTES.toNanos(1);

    private final Executor given;
    private final Executor threads;
    private final Scheduler timers;
    private final ConcurrentLinkedQueue<Runnable> handedOver = new ConcurrentLinkedQueue<>();
    private final AtomicLong begun = new AtomicLong();
    private final AtomicBoolean isWatched = new AtomicBoolean();
    private final AtomicBoolean isRefusalTold = new AtomicBoolean();

    /**
     * An executor made safe.
     *
     * @param threads where it is called, and where tasks run that it refuses
     */
    GivenExecutor(Executor given, Executor threads, Scheduler timers) {
        this.given = given;
        this.threads = threads;
        this.timers = timers;
    }

    /** Throws only if there is no thread to call the executor: then the task will not run. */
    @Override
    public void execute(Runnable task) {
        threads.execute(() -> handOver(task));
    }

    /** As above, from a thread of the context that may be held up. */
    void handOver(Runnable task) {
        handedOver.add(task);
        watch();
        ask();
    }

    private void ask() {
        try {
            given.execute(this::runNext);
        } catch (Throwable e) { // it is the application's code
            if (isRefusalTold.compareAndSet(false, true)) {
                Log.warning(
                        "the executor for callbacks refuses a task, which runs on a thread of the context instead;"
                                + " further refusals are not logged",
                        e);
            }
            runNext();
        }
    }

    private void runNext() {
        var task = handedOver.poll();
        if (task != null) {
            begun.incrementAndGet();
            Guard.run("a callback", task);
        }
    }

    // ---- tasks that were dropped

    private void watch() {
        if (isWatched.compareAndSet(false, true)) {
            lookIn(FIRST_LOOK_NS);
        }
    }

    private void lookIn(long delayNs) {
        var begunBefore = begun.get();
        var failure = Guard.run("a timer of callbacks", () -> {
            var unused = timers.schedule(delayNs, () -> look(delayNs, begunBefore));
        });
        if (failure != null) {
            isWatched.set(false);
        }
    }

    private void look(long delayNs, long begunBefore) {
        if (handedOver.isEmpty()) {
            isWatched.set(false);
            if (!handedOver.isEmpty()) {
                watch();
            }
            return;
        }
        var stoodStill = begun.get() == begunBefore;
        if (stoodStill) {
            Guard.run("asking the executor for callbacks again", () -> threads.execute(this::ask));
        }
        lookIn(stoodStill ? Math.min(2 * delayNs, LAST_LOOK_NS) : FIRST_LOOK_NS);
    }
}
