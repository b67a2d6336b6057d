package io.lingmq.reactor;

import io.lingmq.guard.Guard;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A reactor without a thread: its owner takes its steps, in the owner's time. A step is one task, or the timers that
 * are due, or one channel that has news; so its owner can let something else happen between any two of them.
 *
 * <p>Threading: one thread does everything. Its steps are the reactor's thread, all else is not.
 */
public final class SteppedReactor extends Reactor {
    /** What stands in the place of a channel. */
    public interface Source {
        /** Whether its watcher wants to hear of it now. */
        boolean isReady();

        /** Tells its watcher. */
        void dispatch();

        /** Its watcher has thrown something. */
        void failed(Throwable cause);

        /** The reactor ends: nobody watches it any more. */
        void unwatched();
    }

    /** Who takes the steps. */
    public interface Owner {
        /** The present. */
        long nowNs();

        /** The reactor has something to do. */
        void awake(SteppedReactor reactor);

        /** Takes steps until the condition holds or the time is over. */
        boolean await(BooleanSupplier condition, long timeoutNs);
    }

    private static final int TASKS_PER_TURN = 64;
    private static final long STILL_NEWS_NS = 1_000_000;
    private static final BufferPool[] POOLS = {
        new BufferPool(2, 1024, ByteBuffer::allocateDirect),
        new BufferPool(2, 8 * 1024, ByteBuffer::allocateDirect),
        new BufferPool(2, 256 * 1024, ByteBuffer::allocateDirect)
    };

    private final String name;
    private final Owner owner;
    private final TaskList tasks = new TaskList();
    private final Set<Source> ready = new LinkedHashSet<>();
    private final Set<Source> watched = new LinkedHashSet<>();
    private @Nullable Task comingBack;
    private long comeBackNs;
    private long lastNewsNs;
    private long waitNs = Long.MAX_VALUE;
    private int tasksThisTurn;
    private boolean inside;
    private boolean stopping;
    private boolean over;
    private Object lastWork = "nothing";

    /**
     * A reactor.
     *
     * @param bufferSize which size its buffers have: 0 is small, 2 the usual one
     */
    public SteppedReactor(String name, Owner owner, int bufferSize) {
        super(POOLS[bufferSize]);
        this.name = name;
        this.owner = owner;
        lastNewsNs = owner.nowNs() - STILL_NEWS_NS - 1;
    }

    @Override
    public boolean post(Task task) {
        var added = tasks.add(task);
        if (added == TaskList.Added.NEW) {
            owner.awake(this);
        }
        return added != TaskList.Added.REFUSED;
    }

    @Override
    public boolean isHere() {
        return inside;
    }

    @Override
    public long nowNs() {
        return owner.nowNs();
    }

    /** Watches what stands in the place of a channel. */
    public void watch(Source source) {
        watched.add(source);
        news(source);
    }

    /** Nobody is told of it any more. */
    public void forget(Source source) {
        watched.remove(source);
        ready.remove(source);
    }

    /** Something has changed: its watcher is told if it is ready. */
    public void news(Source source) {
        if (watched.contains(source) && source.isReady() && ready.add(source)) {
            owner.awake(this);
        }
    }

    /** Does one thing; false if there is nothing more to do until {@link #waitNs} has passed. */
    public boolean step() {
        if (over) {
            return false;
        }
        inside = true;
        try {
            doOne();
        } finally {
            inside = false;
        }
        return !over && (!tasks.isEmpty() || !ready.isEmpty() || waitNs <= 0);
    }

    private void doOne() {
        var task = tasksThisTurn++ < TASKS_PER_TURN ? tasks.poll() : null;
        if (task != null) {
            run(task);
            waitNs = 0; // the timers are looked at before it rests
            return;
        }
        tasksThisTurn = 0;
        if (stopping && tasks.closeIfEmpty()) {
            end();
            return;
        }
        if (!ready.isEmpty()) {
            var first = ready.iterator().next();
            ready.remove(first);
            dispatch(first);
        }
        waitNs = timers().fire(nowNs());
        comeBackWhenDue();
    }

    private void run(Task task) {
        lastWork = task.work();
        Guard.run("a task of a stepped reactor", task.work());
    }

    private void dispatch(Source source) {
        if (!source.isReady()) {
            return;
        }
        lastWork = source;
        lastNewsNs = nowNs();
        try {
            source.dispatch();
        } catch (Throwable e) { // as a real reactor does
            source.failed(e);
        }
        news(source);
    }

    private void comeBackWhenDue() {
        if (comingBack == null) {
            return;
        }
        if (comeBackNs - nowNs() > 0) {
            waitNs = Math.min(waitNs, comeBackNs - nowNs());
            return;
        }
        var left = comingBack;
        comingBack = null;
        waitNs = 0;
        while (left != null) {
            var task = left;
            left = task.next;
            task.next = null;
            task.leave();
            run(task);
        }
    }

    private void end() {
        over = true;
        for (var source : List.copyOf(watched)) {
            source.unwatched();
        }
        watched.clear();
        ready.clear();
    }

    /** How long there is nothing to do, as of the last step. */
    public long waitNs() {
        return waitNs;
    }

    @Override
    public SelectionKey register(SelectableChannel channel, int operations, ReadyHandler handler) throws IOException {
        throw new UnsupportedOperationException("a stepped reactor has no selector");
    }

    @Override
    public void forgetClosed() {}

    @Override
    public void comeBack(Task task, long parkNs) {
        assert isHere();
        var dueNs = nowNs() + parkNs;
        if (comingBack == null || dueNs - comeBackNs < 0) {
            comeBackNs = dueNs;
        }
        if (task.enter()) {
            task.next = comingBack;
            comingBack = task;
        }
    }

    @Override
    public boolean channelsHaveNews() {
        return nowNs() - lastNewsNs <= STILL_NEWS_NS;
    }

    @Override
    public void askToStop() {
        var unused = post(new Task(() -> stopping = true));
    }

    @Override
    public void awaitEnd(long timeoutNs) {
        owner.await(() -> over, timeoutNs);
    }

    /** Whether it has stopped. */
    public boolean isOver() {
        return over;
    }

    /** What it is called. */
    public String name() {
        return name;
    }

    /** How many timers it holds. */
    public int timerCount() {
        return timersForTest().size();
    }

    private Timers timersForTest() {
        inside = true;
        try {
            return timers();
        } finally {
            inside = false;
        }
    }

    @Override
    public String toString() {
        return name + " (last: " + lastWork.getClass().getName() + ")";
    }
}
