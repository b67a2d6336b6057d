package io.lingmq.socket;

import io.lingmq.event.SocketEvent;
import io.lingmq.guard.Guard;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One listener's queue of events. It is bounded: a listener that cannot keep up loses events and is told how many; an
 * I/O thread never waits for it.
 *
 * <p>Threading: any thread publishes; the listener is called by one executor task at a time.
 */
public final class EventFeed implements AutoCloseable {
    private static final int CAPACITY = 1024;

    private final EventFeeds feeds;
    private final Consumer<? super SocketEvent> listener;
    private final Executor executor;
    private final ArrayBlockingQueue<SocketEvent> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong lost = new AtomicLong();
    private final AtomicBoolean delivering = new AtomicBoolean();
    private volatile boolean closed;

    EventFeed(EventFeeds feeds, Consumer<? super SocketEvent> listener, Executor executor) {
        this.feeds = feeds;
        this.listener = listener;
        this.executor = executor;
    }

    void publish(SocketEvent event) {
        if (!queue.offer(event)) {
            lost.incrementAndGet();
        }
        scheduleDelivery();
    }

    private void scheduleDelivery() {
        if (!delivering.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(this::deliver);
        } catch (RejectedExecutionException e) {
            delivering.set(false);
        }
    }

    private void deliver() {
        SocketEvent event;
        while (!closed && (event = queue.poll()) != null) {
            tell(event);
            var missed = lost.getAndSet(0);
            if (missed > 0) {
                tell(new SocketEvent.EventsLost(event.endpoint(), missed));
            }
        }
        delivering.set(false);
        if (!closed && !queue.isEmpty()) {
            scheduleDelivery();
        }
    }

    private void tell(SocketEvent event) {
        Guard.run("a monitor's listener", () -> listener.accept(event));
    }

    /** Ends the feed. */
    @Override
    public void close() {
        closed = true;
        feeds.remove(this);
    }
}
