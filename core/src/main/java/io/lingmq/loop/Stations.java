package io.lingmq.loop;

import io.lingmq.error.NotSupportedException;
import io.lingmq.loop.Handler.Serving;
import io.lingmq.socket.PollCore;
import io.lingmq.socket.SocketCore;
import java.nio.channels.SelectableChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sockets and channels of a loop.
 *
 * <p>Threading: any thread adds and removes, under the lock of this object, which nobody holds while a handler is
 * called; the loop's thread does what is said to be its own.
 */
final class Stations {
    private final LoopCore loop;
    private final PollCore poller;
    private final Map<Object, Station> byItem = new HashMap<>();

    Stations(LoopCore loop, PollCore poller) {
        this.loop = loop;
        this.poller = poller;
    }

    boolean areLocked() {
        return Thread.holdsLock(this);
    }

    // ---- any thread

    /** Adds a handler that takes a socket's messages. */
    synchronized Entry receiving(Object item, SocketCore socket, Taker taker) {
        if (!socket.type().receives()) {
            throw new NotSupportedException("a " + socket.type() + " socket only sends; nothing can be received");
        }
        var station = station(item, () -> new SocketStation(this, poller, item, socket));
        return add(station, Kind.READING, self -> ((SocketStation) station).receive(loop, taker, self));
    }

    /** Adds a handler of a socket. */
    synchronized Entry add(Object item, SocketCore socket, Kind kind, Action action) {
        var station = station(item, () -> new SocketStation(this, poller, item, socket));
        return add(station, kind, self -> action.run());
    }

    /** Adds a handler of a channel. */
    synchronized Entry add(SelectableChannel channel, Kind kind, Action action) {
        var station = station(channel, () -> new ChannelStation(this, poller, channel));
        return add(station, kind, self -> action.run());
    }

    private Station station(Object item, Supplier<Station> otherwise) {
        assert areLocked();
        var station = byItem.get(item);
        return station != null ? station : otherwise.get();
    }

    private Handler add(Station station, Kind kind, Serving serving) {
        assert areLocked();
        var handler = new Handler(station, kind, serving);
        byItem.put(station.item(), station);
        try {
            station.add(handler);
        } finally {
            forgetIfEmpty(station); // it was refused
        }
        return handler;
    }

    private void forgetIfEmpty(Station station) {
        if (station.isEmpty()) {
            byItem.remove(station.item(), station);
        }
    }

    /** Takes a handler out; nothing if it is out already. */
    synchronized void remove(Station station, Handler handler) {
        station.take(handler);
        forgetIfEmpty(station);
    }

    /** Takes all out. */
    synchronized void clear() {
        byItem.values().forEach(Station::takeAll);
        byItem.clear();
    }

    synchronized int size() {
        return byItem.size();
    }

    // ---- the loop's thread

    /** A handler, or null if it was cancelled meanwhile. */
    synchronized @Nullable Handler handler(Station station, Kind kind) {
        return station.handler(kind);
    }

    /** Ends those whose channels are closed: their handlers are called no more, but for the one that waits for this. */
    void endClosed() {
        closed().forEach(this::end);
    }

    private synchronized List<Station> closed() {
        return byItem.values().stream().filter(station -> !station.isOpen()).toList();
    }

    /** Ends one whose socket or channel is closed. */
    void end(Station station) {
        for (var handler : takeAll(station)) {
            if (handler.kind() == Kind.CLOSING) {
                loop.call(handler, handler::serve);
            }
        }
    }

    private synchronized List<Handler> takeAll(Station station) {
        var all = station.takeAll();
        forgetIfEmpty(station);
        return all;
    }
}
