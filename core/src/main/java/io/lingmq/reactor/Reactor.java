package io.lingmq.reactor;

import io.lingmq.time.Ticker;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Where the connections of several endpoints are served, one step at a time: it runs the tasks that others give it,
 * fires timers, and tells of channels that are ready. It is also the clock for all that it serves.
 *
 * <p>The {@link SelectorReactor} is the real one. In a simulation its owner takes the steps, in virtual time.
 *
 * <p>Threading: {@link #post}, {@link #withBuffer}, {@link #nowNs} and {@link #askToStop} from any thread, all else on
 * the reactor's own, which is where {@link #isHere} is true.
 */
public abstract class Reactor implements Ticker {
    private static final int BUFFER_SIZE = 256 * 1024;
    private static final int MOST_BUFFERS = 4;

    private final BufferPool buffers;
    private final Timers timers = new Timers();

    Reactor() {
        this(new BufferPool(MOST_BUFFERS, BUFFER_SIZE, ByteBuffer::allocateDirect));
    }

    Reactor(BufferPool buffers) {
        this.buffers = buffers;
    }

    /**
     * Runs a task on the reactor's thread, soon; from that thread too it is queued, not run at once.
     *
     * @return false if the reactor has stopped: the task will never run
     */
    public final boolean post(Runnable work) {
        return post(new Task(work));
    }

    /** As {@link #post(Runnable)}, for a task that is kept; while it waits to be run it is not queued again. */
    public abstract boolean post(Task task);

    /** Whether the caller is the reactor's thread. */
    public abstract boolean isHere();

    /** Whether the caller is the thread of some reactor, which serves many and so must not wait for anybody. */
    public static boolean isIoThread() {
        return Thread.currentThread() instanceof IoThread;
    }

    /** Runs a task after a delay. */
    public final Timer schedule(long delayNs, Runnable task) {
        var timer = new Timer(this, task);
        timer.set(delayNs);
        return timer;
    }

    final Timers timers() {
        assert isHere() : "timers are the reactor's";
        return timers;
    }

    /**
     * Watches a channel for the given operations.
     *
     * @throws IOException if the channel cannot be watched, as one that is closed; it is still the caller's to close
     */
    public abstract SelectionKey register(SelectableChannel channel, int operations, ReadyHandler handler)
            throws IOException;

    /** Lets the selector forget closed channels now, so that their descriptors are free; it never fails. */
    public abstract void forgetClosed();

    /** Does work that needs a cleared buffer, which is the work's own until it returns or throws. Any thread. */
    public final <R> R withBuffer(Function<ByteBuffer, R> work) {
        var buffer = buffers.take();
        try {
            return work.apply(buffer);
        } finally {
            buffers.giveBack(buffer);
        }
    }

    /**
     * Runs a task after a timed park, in which channels are not looked at. The system may make a timed park some fifty
     * microseconds longer than it is asked for. A task that waits already comes back once; it must be no other list's.
     *
     * @param parkNs how long to park; of all who come back the shortest counts
     */
    public abstract void comeBack(Task task, long parkNs);

    /** Whether channels have had news within the last millisecond, and so may have more. */
    public abstract boolean channelsHaveNews();

    /**
     * Ends the reactor after the tasks that are queued now, and those that they queue; waits for it at most a second.
     * Later ones are refused.
     */
    public final void stop() {
        askToStop();
        awaitEnd(TimeUnit.SECONDS.toNanos(1));
    }

    /** As {@link #stop}, without waiting; it never fails. */
    public abstract void askToStop();

    /** Waits at most the given time for the end of a reactor that was asked to stop. */
    public abstract void awaitEnd(long timeoutNs);
}
