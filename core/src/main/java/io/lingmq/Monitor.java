package io.lingmq;

import io.lingmq.socket.EventFeed;
import io.lingmq.socket.SocketCore;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A running observation of a socket's events; closing it ends it. Nothing that its listener or its executor throws ends
 * it, or reaches a socket's threads.
 *
 * <p>Threading: any thread.
 */
public final class Monitor implements AutoCloseable {
    private final SocketCore socket;
    private final EventFeed feed;

    Monitor(SocketCore socket, EventFeed feed) {
        this.socket = socket;
        this.feed = feed;
    }

    /** Whether it was closed. It is not closed with its socket, whose last events may still be told. */
    public boolean isClosed() {
        return feed.isClosed();
    }

    /** Ends the observation. An event that is being handled is not interrupted. */
    @Override
    public void close() {
        feed.close();
    }

    /** Whether it is open, and its socket, for logs: {@code Monitor (open) of PUSH#3 (…)}. The form may change. */
    @Override
    public String toString() {
        return "Monitor (" + (isClosed() ? "closed" : "open") + ") of " + socket;
    }

    /** One daemon thread that goes when there is nothing to tell. */
    static Executor ownThread() {
        var pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(task, "lingmq-monitor");
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
