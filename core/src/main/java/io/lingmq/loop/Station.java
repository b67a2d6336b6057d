package io.lingmq.loop;

import io.lingmq.error.ErrorCode;
import io.lingmq.error.LingException;
import io.lingmq.socket.PollCore.Found;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A socket or channel that a loop watches, with its handlers. It is in the loop's poller as long as it has any; when
 * the last one has gone, so has the station.
 *
 * <p>Threading: handlers come and go under the lock of the {@link Stations}; the loop's thread serves.
 */
abstract class Station {
    private final Stations stations;
    private final Object item;
    private final Map<Kind, Handler> handlers = new EnumMap<>(Kind.class);

    Station(Stations stations, Object item) {
        this.stations = stations;
        this.item = item;
    }

    Object item() {
        return item;
    }

    /** Lets the poller watch it for these interests from now on. */
    abstract void watch(int interests);

    /** Lets the poller watch it no longer. */
    abstract void unwatch();

    /** Whether nobody has closed it. */
    abstract boolean isOpen();

    // ---- under the lock

    void add(Handler handler) {
        assert stations.areLocked();
        if (handlers.containsKey(handler.kind())) {
            throw new LingException(
                    ErrorCode.WRONG_STATE,
                    "the loop has a " + handler + " already, and takes one; cancel that one first");
        }
        watch(interests() | handler.kind().interest());
        handlers.put(handler.kind(), handler);
    }

    /** Takes a handler out, if it is in. */
    void take(Handler handler) {
        assert stations.areLocked();
        if (!handlers.remove(handler.kind(), handler)) {
            return;
        }
        if (handlers.isEmpty()) {
            unwatch();
        } else {
            watchForTheRest();
        }
    }

    private void watchForTheRest() {
        try {
            watch(interests());
        } catch (LingException e) {
            return; // it is closed, which the next turn will notice
        }
    }

    boolean isEmpty() {
        return handlers.isEmpty();
    }

    private int interests() {
        var interests = 0;
        for (var kind : handlers.keySet()) {
            interests |= kind.interest();
        }
        return interests;
    }

    /** All of its handlers, which are called no more. */
    List<Handler> takeAll() {
        assert stations.areLocked();
        var all = List.copyOf(handlers.values());
        all.forEach(Handler::ends);
        handlers.clear();
        unwatch();
        return all;
    }

    @Nullable
    Handler handler(Kind kind) {
        assert stations.areLocked();
        return handlers.get(kind);
    }

    // ---- any thread

    void remove(Handler handler) {
        stations.remove(this, handler);
    }

    // ---- the loop's thread

    /** Calls the handlers of what it was found ready for. */
    void serve(Found found, LoopCore loop) {
        if (found.isClosed()) {
            stations.end(this);
            return;
        }
        if (found.readable()) {
            serve(Kind.READING, loop);
        }
        if (found.writable()) {
            serve(Kind.WRITING, loop);
        }
    }

    private void serve(Kind kind, LoopCore loop) {
        var handler = stations.handler(this, kind);
        if (handler != null && loop.goesOn()) {
            loop.call(handler, handler::serve);
        }
    }
}
