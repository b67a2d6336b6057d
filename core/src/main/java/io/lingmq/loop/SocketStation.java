package io.lingmq.loop;

import io.lingmq.error.ClosedException;
import io.lingmq.message.Message;
import io.lingmq.socket.PollCore;
import io.lingmq.socket.SocketCore;
import org.jspecify.annotations.Nullable;

/** A socket that a loop watches. */
final class SocketStation extends Station {
    private final PollCore poller;
    private final SocketCore socket;

    SocketStation(Stations stations, PollCore poller, Object item, SocketCore socket) {
        super(stations, item);
        this.poller = poller;
        this.socket = socket;
    }

    @Override
    void watch(int interests) {
        poller.add(item(), socket, interests, this);
    }

    @Override
    void unwatch() {
        poller.remove(item());
    }

    @Override
    boolean isOpen() {
        return !socket.isClosed();
    }

    /** Gives messages to their taker, as many as the socket's share of a turn allows. */
    void receive(LoopCore loop, Taker taker, Entry handler) {
        var share = loop.share();
        while (handler.isActive() && loop.goesOn() && share.take()) {
            var message = next();
            if (message == null) {
                return;
            }
            loop.call(handler, () -> taker.take(message));
        }
    }

    /** A REP or REQ may receive only in its turn, which the taker has to bring about. */
    private @Nullable Message next() {
        try {
            return socket.alternates() && !socket.canReceive() ? null : socket.tryReceive();
        } catch (ClosedException e) {
            return null; // the next turn tells
        }
    }
}
