package io.lingmq.reactor;

import io.lingmq.guard.ClassFolder;
import io.lingmq.guard.Guard;
import io.lingmq.guard.Log;
import io.lingmq.lang.Fields;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A reactor with a thread of its own, which waits on channels in a selector.
 *
 * <p>Whatever a handler or task throws ends that handler's channel or that task, never the thread. That holds for want
 * of memory too: so what is done after a failure needs none where it can, or is done again later.
 *
 * <p>Threading: {@link #post} and {@link #stop} from any thread, all else on the reactor's own. A sleeping reactor is
 * woken only by the first task: the task is put into the queue, then {@code rest} is looked at; the reactor sets
 * {@code rest}, then looks into the queue. Both fields are volatile, so one of the two sees the other.
 *
 * <p>A selector counts in milliseconds, and so do timers: they may be late by one or two. Who must
 * {@linkplain #comeBack come back} sooner lets the thread park, after a look at the channels: their news then wait as
 * long as the timed park lasts. So who could do without asks first whether {@linkplain #channelsHaveNews channels have
 * just had news}.
 */
public final class SelectorReactor extends Reactor {
    private static final int MOST_TASKS_PER_TURN = 1024;
    private static final int MOST_ITERATIONS_TO_STOP = 100;
    private static final long STILL_NEWS_NS = 1_000_000;
    private static final long PAUSE_AFTER_FAILURE_NS = 10_000_000;
    private static final int AWAKE = 0;
    private static final int SELECTING = 1;
    private static final int PARKED = 2;
    private static final VarHandle REST =
            Fields.handle(MethodHandles.lookup(), SelectorReactor.class, "rest", int.class);

    private final Selector selector;
    private final Thread thread;
    private final TaskList tasks = new TaskList();
    private final Reserve reserve = new Reserve();
    private final Consumer<SelectionKey> dispatching = this::dispatch;
    private final Task stoppingItself = new Task(this::stopping);
    private int failedIterations;
    private int iterationsToStop;
    private long lastNewsNs = System.nanoTime();
    /** Those who come back at the given time, linked; their order means nothing. */
    private @Nullable Task comingBack;

    private long comeBackNs;

    private volatile boolean stopping;

    @SuppressWarnings("unused") // written through REST too
    private volatile int rest = AWAKE;

    /** The classes that will be needed: loaded once in a process, by the first I/O thread and not by its maker. */
    private static final class Classes {
        static {
            var unused = ClassFolder.load(SelectorReactor.class);
        }

        /** The first call loads them. */
        static void load() {}
    }

    /** Starts a reactor whose daemon thread has the given name. */
    public SelectorReactor(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open a selector: the process may have no descriptors left", e);
        }
        thread = new IoThread(this::run, name);
        thread.setDaemon(true);
        var started = false;
        try {
            thread.start();
            started = true;
        } finally {
            if (!started) {
                close(); // the system has no thread left
            }
        }
    }

    @Override
    public boolean post(Task task) {
        var added = tasks.add(task);
        if (added == TaskList.Added.NEW) { // else who added it wakes the reactor
            var state = rest;
            if (state != AWAKE && REST.compareAndSet(this, state, AWAKE)) {
                wake(state);
            }
        }
        return added != TaskList.Added.REFUSED;
    }

    private void wake(int state) {
        if (state == PARKED) {
            LockSupport.unpark(thread);
        } else {
            selector.wakeup();
        }
    }

    @Override
    public boolean isHere() {
        return Thread.currentThread() == thread;
    }

    @Override
    public long nowNs() {
        return System.nanoTime();
    }

    @Override
    public SelectionKey register(SelectableChannel channel, int operations, ReadyHandler handler) throws IOException {
        assert isHere();
        reserve.refill();
        return channel.register(selector, operations, new Watched(this, reserve, handler));
    }

    @Override
    public void forgetClosed() {
        assert isHere();
        try {
            selector.selectNow(dispatching);
        } catch (Throwable e) { // then they are free an iteration later
            Log.warning("select failed", e);
        }
    }

    @Override
    public void awaitEnd(long timeoutNs) {
        if (isHere()) {
            return;
        }
        var beginNs = System.nanoTime();
        var leftNs = timeoutNs; // looked at once an iteration: it may be over, and by far, at the next look
        var interrupted = false;
        while (thread.isAlive() && leftNs > 0) {
            try {
                // At least a millisecond: for 0 the thread would be waited for without end.
                thread.join(1 + TimeUnit.NANOSECONDS.toMillis(leftNs));
            } catch (InterruptedException e) {
                interrupted = true;
            }
            leftNs = timeoutNs - (System.nanoTime() - beginNs);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void askToStop() {
        var unused = post(stoppingItself); // if it is refused, the reactor has stopped
    }

    private void stopping() {
        stopping = true;
    }

    private void run() {
        Classes.load();
        Guard.prepare();
        while (!stopping || !endsTasks()) {
            try {
                iterate();
                failedIterations = 0;
            } catch (Throwable e) { // whatever it is, the other connections must go on
                pauseAfter(e);
            }
        }
        close();
    }

    /** Whether no task comes any more. Those that tasks queue are waited for, but not those of a thread without end. */
    private boolean endsTasks() {
        if (tasks.closeIfEmpty()) {
            return true;
        }
        if (iterationsToStop++ < MOST_ITERATIONS_TO_STOP) {
            return false;
        }
        tasks.close();
        Task task;
        while ((task = tasks.poll()) != null) {
            Guard.run("a task of an I/O thread", task.work());
        }
        return true;
    }

    /** What fails again and again is neither tried without a pause nor told each time. */
    private void pauseAfter(Throwable failure) {
        try {
            if (failedIterations++ == 0) {
                Log.error("an I/O thread goes on after", failure);
            }
            LockSupport.parkNanos(this, PAUSE_AFTER_FAILURE_NS);
        } catch (Throwable e) { // not even that: its classes are not to be had
            return;
        }
    }

    /** Nobody watches a channel any more: one that is still there is closed, so that its peer learns of it. */
    private void close() {
        for (var key : selector.keys()) {
            close(key.channel());
        }
        close(selector);
    }

    private static void close(Closeable one) {
        try {
            one.close();
        } catch (Throwable e) { // the others are to be closed too
            Log.warning("cannot close a channel of an I/O thread that ends", e);
        }
    }

    private void iterate() throws IOException {
        runTasks();
        var waitNs = timers().fire(System.nanoTime()); // a timer that is set meanwhile fires in the next iteration
        if (stopping) {
            return;
        }
        waitForChannels(waitNs);
    }

    private void runTasks() {
        for (var i = 0; i < MOST_TASKS_PER_TURN; i++) {
            var task = tasks.poll();
            if (task == null) {
                return;
            }
            Guard.run("a task of an I/O thread", task.work());
        }
    }

    private void waitForChannels(long waitNs) throws IOException {
        if (comingBack != null) {
            napBeforeComingBack(waitNs);
            return;
        }
        // One millisecond more than the timer asks: better late by that than turning round in vain.
        var waitMs = waitNs == Long.MAX_VALUE ? 0 : TimeUnit.NANOSECONDS.toMillis(waitNs) + 1;
        rest = SELECTING;
        try {
            noteNews(tasks.isEmpty() ? selector.select(dispatching, waitMs) : selector.selectNow(dispatching));
        } finally {
            rise();
        }
    }

    @Override
    public void comeBack(Task task, long parkNs) {
        assert isHere();
        var dueNs = System.nanoTime() + parkNs;
        if (comingBack == null || dueNs - comeBackNs < 0) {
            comeBackNs = dueNs;
        }
        if (task.enter()) {
            task.next = comingBack;
            comingBack = task;
        }
    }

    private void napBeforeComingBack(long waitNs) throws IOException {
        var hasNews = noteNews(selector.selectNow(dispatching));
        var leftNs = comeBackNs - System.nanoTime();
        if (leftNs > 0 && !hasNews) {
            park(Math.min(leftNs, waitNs));
            leftNs = comeBackNs - System.nanoTime();
        }
        if (leftNs <= 0) {
            comeBackNow();
        }
    }

    /** Who wants to come back once more waits for the next timed park. */
    private void comeBackNow() {
        var left = comingBack;
        comingBack = null;
        while (left != null) {
            var task = left;
            left = task.next;
            task.next = null;
            task.leave();
            Guard.run("a task of an I/O thread that came back", task.work());
        }
    }

    @Override
    public boolean channelsHaveNews() {
        return System.nanoTime() - lastNewsNs <= STILL_NEWS_NS;
    }

    private boolean noteNews(int channels) {
        if (channels > 0) {
            lastNewsNs = System.nanoTime();
        }
        return channels > 0;
    }

    private void park(long waitNs) {
        rest = PARKED;
        if (tasks.isEmpty()) {
            LockSupport.parkNanos(this, waitNs);
        }
        rise();
    }

    private void rise() {
        rest = AWAKE;
        // An interrupt from outside means nothing here and would keep the next rest from being one.
        Thread.interrupted();
    }

    private void dispatch(SelectionKey key) {
        rest = AWAKE;
        ((Watched) key.attachment()).ready(key);
    }
}
