package io.lingmq.socket;

import io.lingmq.event.SocketEvent;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** All listeners of one socket's events. Threading: any thread. */
final class EventFeeds {
    private final CopyOnWriteArrayList<EventFeed> feeds = new CopyOnWriteArrayList<>();

    EventFeed add(Consumer<? super SocketEvent> listener, Executor executor, Executor threads) {
        var feed = new EventFeed(this, listener, executor, threads);
        feeds.add(feed);
        return feed;
    }

    void remove(EventFeed feed) {
        feeds.remove(feed);
    }

    void publish(SocketEvent event) {
        for (var feed : feeds) {
            feed.publish(event);
        }
    }
}
