package io.lingmq;

import io.lingmq.socket.EventFeed;
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
    private final EventFeed feed;

    Monitor(EventFeed feed) {
        this.feed = feed;
    }

    /** Ends the observation. An event that is being handled is not interrupted. */
    @Override
    public void close() {
        feed.close();
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
