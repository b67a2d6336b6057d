package io.lingmq.loop;

import io.lingmq.error.ClosedException;
import io.lingmq.error.ErrorCode;
import io.lingmq.error.LingException;
import io.lingmq.guard.Guard;
import io.lingmq.guard.Log;
import io.lingmq.socket.ContextCore;
import io.lingmq.socket.PollCore;
import io.lingmq.socket.SocketCore;
import io.lingmq.time.NanoTime;
import io.lingmq.time.Ticker;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls handlers of sockets and channels, timers and tasks, all in one thread. A turn is: the timers that are due, the
 * tasks that wait, then the sockets and channels that are ready; each has its {@link Share} of it.
 *
 * <p>What a handler throws is told and ends nothing: the others are served.
 *
 * <p>Threading: any thread, but for what is said to be the loop's own. The loop's thread waits in the poller alone; who
 * has put something in calls its {@code wakeup}.
 */
public final class LoopCore {
    private final PollCore poller;
    private final Ticker ticker;
    private final LoopRuns runs;
    private final Stations stations;
    private final TimerHeap timers = new TimerHeap();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean stopAsked = new AtomicBoolean();
    private volatile @Nullable BiConsumer<? super String, ? super Throwable> errors;

    /** A loop that ends with the context. */
    public LoopCore(ContextCore context) {
        this(context.poller(), context.ticker(), context.threadNamePrefix() + "-loop");
    }

    LoopCore(PollCore poller, Ticker ticker, String threadName) {
        this.poller = poller;
        this.ticker = ticker;
        runs = new LoopRuns(threadName);
        stations = new Stations(this, poller);
    }

    // ---- what it calls

    /** Lets a socket's messages be taken. */
    public Entry onReceive(Object item, SocketCore socket, Taker taker) {
        ensureOpen();
        return stations.receiving(item, socket, taker);
    }

    /** Lets an action be called while a socket is readable. */
    public Entry onReadable(Object item, SocketCore socket, Action action) {
        ensureOpen();
        return stations.add(item, socket, Kind.READING, action);
    }

    /** Lets an action be called while a socket is writable. */
    public Entry onWritable(Object item, SocketCore socket, Action action) {
        ensureOpen();
        return stations.add(item, socket, Kind.WRITING, action);
    }

    /** Lets an action be called when a socket was closed. */
    public Entry onClosed(Object item, SocketCore socket, Action action) {
        ensureOpen();
        return stations.add(item, socket, Kind.CLOSING, action);
    }

    /** Lets an action be called while a channel is readable. */
    public Entry onReadable(SelectableChannel channel, Action action) {
        ensureOpen();
        return stations.add(channel, Kind.READING, action);
    }

    /** Lets an action be called while a channel is writable. */
    public Entry onWritable(SelectableChannel channel, Action action) {
        ensureOpen();
        return stations.add(channel, Kind.WRITING, action);
    }

    /** Lets an action be called when a channel was closed. */
    public Entry onClosed(SelectableChannel channel, Action action) {
        ensureOpen();
        return stations.add(channel, Kind.CLOSING, action);
    }

    /** Lets an action be called once. */
    public Entry after(Duration delay, Action action) {
        return set(new LoopTimer(timers, action, 0), NanoTime.of(delay));
    }

    /** Lets an action be called again and again. */
    public Entry every(Duration period, Action action) {
        if (period.isZero() || period.isNegative()) {
            throw new LingException(
                    ErrorCode.INVALID,
                    "the period is " + period + ", and must be longer than zero; use execute for what is to run soon");
        }
        var periodNs = NanoTime.of(period);
        return set(new LoopTimer(timers, action, periodNs), periodNs);
    }

    private Entry set(LoopTimer timer, long delayNs) {
        ensureOpen();
        if (timers.add(timer, NanoTime.after(ticker.nowNs(), delayNs)) && !runs.isHere()) {
            poller.wakeup();
        }
        return timer;
    }

    /** Runs a task on the loop's thread, soon. */
    public void execute(Runnable task) {
        tasks.add(task);
        if (isClosed() && tasks.remove(task)) { // else it is taken, or was counted as one that has not run
            throw new RejectedExecutionException("the loop is closed; it runs no more tasks");
        }
        if (!runs.isHere()) {
            poller.wakeup();
        }
    }

    /** Who hears what handlers throw, and where it was thrown; without one it is logged. */
    public void onError(BiConsumer<? super String, ? super Throwable> hears) {
        errors = hears;
    }

    private void ensureOpen() {
        if (isClosed()) {
            throw new ClosedException("the loop is closed");
        }
    }

    // ---- running, stopping

    /** Runs the loop in this thread until it is stopped or closed. */
    public void run() throws InterruptedException {
        runs.inThisThread(this::takeTurns);
    }

    /** Runs the loop in a daemon thread. */
    public void start() {
        runs.inADaemon(this::takeTurns);
    }

    /** Ends the present run after the handler that it is in, or else the next one. */
    public void stop() {
        stopAsked.set(true);
        poller.wakeup();
    }

    /** Whether a thread runs it. */
    public boolean isRunning() {
        return runs.isRunning();
    }

    /** Whether it is closed, by itself or with its context. */
    public boolean isClosed() {
        return poller.isClosed();
    }

    /** Ends the loop for good, and waits a while for the handler that is running. */
    public void close() {
        poller.close();
        runs.awaitEnd();
        forgetAll();
    }

    private void forgetAll() {
        stations.clear();
        timers.clear();
        var left = 0;
        while (tasks.poll() != null) {
            left++;
        }
        if (left > 0) {
            Log.warning("tasks that a loop had not run when it was closed: " + left);
        }
    }

    // ---- the loop's thread

    private void takeTurns() throws InterruptedException {
        try {
            while (!stopAsked.get() && !isClosed()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                takeTurn(true);
            }
        } finally {
            stopAsked.set(false);
            if (isClosed()) {
                forgetAll();
            }
        }
    }

    /** Takes a turn, or at least begins one: where memory is short, what is left of it is for the next. */
    void takeTurn(boolean mayWait) throws InterruptedException {
        try {
            fireTimers();
            runTasks();
            serve(mayWait ? waitNs() : 0);
        } catch (ClosedException e) {
            if (!isClosed()) {
                throw e;
            }
        } catch (VirtualMachineError e) {
            tell("turn", e);
        }
    }

    /** Whether the turn may go on to the next handler. */
    boolean goesOn() {
        return !stopAsked.get() && !isClosed() && !Thread.currentThread().isInterrupted();
    }

    /** A socket's share of the turn, or that of timers or tasks. */
    Share share() {
        return new Share(ticker);
    }

    private void fireTimers() {
        var share = share();
        while (goesOn() && share.take()) {
            var timer = timers.takeDue(ticker.nowNs());
            if (timer == null) {
                return;
            }
            call(timer, timer.action());
            timers.leaveOutMissed(timer, ticker.nowNs());
        }
    }

    private void runTasks() {
        var share = share();
        while (goesOn() && share.take()) {
            var task = tasks.poll();
            if (task == null) {
                return;
            }
            call("task", task::run);
        }
    }

    private long waitNs() {
        return tasks.isEmpty() && goesOn() ? timers.untilNextNs(ticker.nowNs()) : 0;
    }

    private void serve(long waitNs) throws InterruptedException {
        for (var found : poller.pollWithClosed(waitNs)) {
            if (goesOn() && found.attachment() instanceof Station station) {
                station.serve(found, this);
            }
        }
        if (poller.channelsHaveGone()) {
            stations.endClosed();
        }
    }

    /** Calls code of the application's: what it throws is told. An interrupt is kept for the end of the run. */
    void call(Object what, Action action) {
        try {
            action.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) { // whatever it is, the other handlers are served
            tell(what, e);
        }
    }

    /** Tells of a failure; if there is not even memory for that, the log hears as much. */
    private void tell(Object what, Throwable failure) {
        try {
            if (!(failure instanceof ClosedException && isClosed())) { // else it has lost a race with the end of all
                tell(what.toString(), failure, errors);
            }
        } catch (Throwable e) {
            Log.warning("a failure in a loop could not be told", e);
        }
    }

    private static void tell(
            String what, Throwable failure, @Nullable BiConsumer<? super String, ? super Throwable> hears) {
        if (hears == null || Guard.run("a loop's error handler", () -> hears.accept(what, failure)) != null) {
            Log.warning("a loop's " + what + " failed", failure);
        }
    }

    /** How many sockets and channels, timers and tasks there are, and whether it runs. */
    @Override
    public String toString() {
        var state = isClosed() ? "closed" : isRunning() ? "running" : "not running";
        return "loop, " + state + ", of sockets and channels: " + stations.size() + ", timers: " + timers.size()
                + ", waiting tasks: " + tasks.size();
    }
}
