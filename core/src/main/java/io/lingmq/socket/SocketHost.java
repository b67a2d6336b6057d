package io.lingmq.socket;

import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.time.Ticker;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What code above this package needs of a context: sockets that tell when they may have become ready, threads for the
 * application's callbacks, time and chance.
 *
 * <p>Threading: any thread.
 */
public final class SocketHost {
    private final ContextCore context;

    /** Hears that a socket may have become ready. Called from any thread, perhaps under the lock; must not block. */
    public interface Listener {
        /** The socket may be able to receive or send now, or is closed. */
        void onSignal(boolean closed);
    }

    /** What the context has. */
    public SocketHost(ContextCore context) {
        this.context = context;
    }

    /** A new socket that the listener hears of. */
    public SocketCore socket(SocketType type, Settings settings, Listener listener) {
        var socket = context.socket(type, settings);
        socket.pipes().observe(() -> listener.onSignal(socket.isClosed()));
        return socket;
    }

    /** Where code of the application runs that depends on a future: on its own executor, if it gave one. */
    public Executor callbacks() {
        return context.applicationCallbacks().executor();
    }

    /** Points in time. */
    public Ticker ticker() {
        return context.runtime().ticker();
    }

    /** Numbers that nobody can guess. */
    public RandomGenerator random() {
        return context.runtime().secureRandom();
    }
}
