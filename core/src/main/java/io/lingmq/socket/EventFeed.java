package io.lingmq.socket;

import io.lingmq.event.SocketEvent;
import io.lingmq.guard.Guard;
import io.lingmq.guard.Log;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * One listener's queue of events. It is bounded: a listener that cannot keep up loses events and is told how many; an
 * I/O thread never waits for it.
 *
 * <p>A listener that throws hears the next event all the same. An executor that refuses a task, or throws anything
 * else, gets the next one with the next event; what does not fit into the queue meanwhile is lost, counted, and told
 * when it takes tasks again. One that takes a task and forgets it gets another when the queue is full.
 *
 * <p>Threading: any thread publishes, and hears nothing of what the executor or the listener throws; the listener is
 * called by one executor task at a time.
 */
public final class EventFeed implements AutoCloseable {
    private static final int CAPACITY = 1024;

    private enum Delivery {
        NONE,
        /** The executor has a task for it. */
        SCHEDULED,
        RUNNING
    }

    private final EventFeeds feeds;
    private final Consumer<? super SocketEvent> listener;
    private final Executor executor;
    private final Executor threads;
    private final ArrayBlockingQueue<SocketEvent> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong lost = new AtomicLong();
    private final AtomicReference<Delivery> delivery = new AtomicReference<>(Delivery.NONE);
    private volatile boolean refused;
    private volatile boolean closed;

    /**
     * A listener's feed.
     *
     * @param threads where the executor is called: it is the application's code, may run its tasks at once, and must
     *     not hold up an I/O thread
     */
    EventFeed(EventFeeds feeds, Consumer<? super SocketEvent> listener, Executor executor, Executor threads) {
        this.feeds = feeds;
        this.listener = listener;
        this.executor = executor;
        this.threads = threads;
    }

    void publish(SocketEvent event) {
        if (!queue.offer(event) && lost.getAndIncrement() % CAPACITY == 0) {
            delivery.compareAndSet(Delivery.SCHEDULED, Delivery.NONE); // it has had the time for so many events
        }
        scheduleDelivery();
    }

    private void scheduleDelivery() {
        if (!delivery.compareAndSet(Delivery.NONE, Delivery.SCHEDULED)) {
            return;
        }
        try {
            threads.execute(this::handOver);
        } catch (Throwable e) { // no memory, say, or no thread
            refused(e);
        }
    }

    private void handOver() {
        try {
            executor.execute(this::deliver);
        } catch (Throwable e) { // it is the application's code
            refused(e);
        }
    }

    /** Logs the first refusal of a row. */
    private void refused(Throwable failure) {
        delivery.compareAndSet(Delivery.SCHEDULED, Delivery.NONE);
        if (!refused) {
            refused = true;
            Log.warning("a monitor's executor refuses tasks; events are kept, as many as fit", failure);
        }
    }

    private void deliver() {
        if (!delivery.compareAndSet(Delivery.SCHEDULED, Delivery.RUNNING)) {
            return; // another task has begun in the meantime
        }
        refused = false;
        SocketEvent event;
        while (!closed && (event = queue.poll()) != null) {
            tell(event);
            var missed = lost.getAndSet(0);
            if (missed > 0) {
                tell(new SocketEvent.EventsLost(event.endpoint(), missed));
            }
        }
        delivery.set(Delivery.NONE);
        if (!closed && !queue.isEmpty()) {
            scheduleDelivery();
        }
    }

    private void tell(SocketEvent event) {
        Guard.run("a monitor's listener", () -> listener.accept(event));
    }

    /** Whether it was ended. */
    public boolean isClosed() {
        return closed;
    }

    /** Ends the feed. */
    @Override
    public void close() {
        closed = true;
        feeds.remove(this);
    }
}
