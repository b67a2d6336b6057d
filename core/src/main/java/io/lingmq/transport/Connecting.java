package io.lingmq.transport;

import io.lingmq.reactor.Reactor;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An attempt to connect that is under way. What is opened for it, {@link #close} closes, until {@link #finish} has
 * given the link away.
 *
 * <p>Threading: the reactor's thread. No method may block.
 */
public interface Connecting extends Closeable {
    /**
     * Begins to watch for the outcome; called at most once, and only after {@link #finish} has given null.
     *
     * @throws IOException if it cannot be watched; the attempt has failed
     */
    void watch(Reactor reactor, ReadyWatcher watcher) throws IOException;

    /**
     * Looks for the outcome.
     *
     * @return the link, which is the caller's from now on; or null if there is no outcome yet
     * @throws IOException if the peer cannot be reached this way, and why
     */
    @Nullable
    Link finish() throws IOException;
}
