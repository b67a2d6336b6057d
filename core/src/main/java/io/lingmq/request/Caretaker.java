package io.lingmq.request;

import io.lingmq.guard.RationedGuard;
import io.lingmq.time.NanoTime;
import io.lingmq.time.Ticker;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;

/**
 * The thread of a requester that sees to what nobody else does: requests whose time is over or that are to be sent
 * again, and those that wait for a server. It sleeps until the first of them is due, or until it is called.
 *
 * <p>The plan stays as it is when a request ends before its time, which nearly all do: so a requester in full flow
 * hardly ever wakes this thread, and one at rest never.
 *
 * <p>Threading: any thread calls.
 */
final class Caretaker {
    private static final Duration BETWEEN_LOG_LINES = Duration.ofMinutes(1);
    /** It looks at all open requests, so it does not do that too often. */
    private static final long SHORTEST_SLEEP_NS = 1_000_000;

    private final Ticker ticker;
    private final LongUnaryOperator work;
    private final BooleanSupplier isOver;
    private final RationedGuard guard;
    private final Semaphore bell = new Semaphore(0);
    private volatile boolean awake = true;
    private volatile long wakesAtNs;

    /**
     * A thread that does not run yet.
     *
     * @param work what is to be done at the given time; says when there will be something again
     * @param isOver whether it is to end
     */
    Caretaker(Ticker ticker, LongUnaryOperator work, BooleanSupplier isOver) {
        this.ticker = ticker;
        this.work = work;
        this.isOver = isOver;
        guard = new RationedGuard(ticker::nowNs, BETWEEN_LOG_LINES);
    }

    void start() {
        var thread = new Thread(this::run, "lingmq-requester-time");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!isOver.getAsBoolean()) {
            bell.drainPermits(); // first: what calls from now on has work that may not be seen below
            awake = true;
            wakesAtNs = NanoTime.after(ticker.nowNs(), SHORTEST_SLEEP_NS); // should the work fail
            guard.run("the time-keeping of a requester", () -> wakesAtNs = work.applyAsLong(ticker.nowNs()));
            awake = false;
            sleep();
        }
    }

    private void sleep() {
        try {
            var leftNs = Math.max(SHORTEST_SLEEP_NS, wakesAtNs - ticker.nowNs());
            var unused = bell.tryAcquire(leftNs, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return; // nobody's business: it looks once more
        }
    }

    /** There is work now. */
    void call() {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    /** There will be work at that time. */
    void callAt(long dueNs) {
        if (awake || NanoTime.isBefore(dueNs, wakesAtNs)) {
            call();
        }
    }
}
