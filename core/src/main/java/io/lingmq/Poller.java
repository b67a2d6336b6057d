package io.lingmq;

import io.lingmq.error.ClosedException;
import io.lingmq.option.Settings;
import io.lingmq.socket.PollCore;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Waits until at least one of several sockets or NIO channels is ready.
 *
 * <pre>{@code
 * try (var poller = context.poller()) {
 *     poller.add(frontend, Poller.READ);
 *     poller.add(backend, Poller.READ);
 *     for (var ready : poller.poll(Duration.ofSeconds(1))) {
 *         ...
 *     }
 * }
 * }</pre>
 *
 * <p>Readiness is level-triggered: an item that stays ready is reported by each call. The cost of a call depends on how
 * many items are ready, not on how many there are.
 *
 * <p>A watched socket that is closed does not keep the others from being reported. A call that finds nothing else
 * throws a {@link ClosedException}, also while it waits: so a loop around {@code poll} ends when its context is closed.
 * One that is to go on without the closed sockets asks which they are:
 *
 * <pre>{@code
 * try {
 *     handle(poller.poll());
 * } catch (ClosedException e) {
 *     forget(poller.removeClosed()); // throws, too, if it is the poller that is closed
 * }
 * }</pre>
 *
 * <p>A watched channel that is closed is watched no longer, as in a {@link java.nio.channels.Selector}; as there, its
 * descriptor is free only after the next call, so remove a channel before you close it.
 *
 * <p>Threading: items may be added and removed from any thread, also while another one waits; one thread at a time
 * waits.
 */
public final class Poller implements AutoCloseable {
    /** Interest in receiving, or a channel's readable or acceptable state. */
    public static final int READ = 1;
    /** Interest in sending, or a channel's writable or connectable state. */
    public static final int WRITE = 2;

    private final PollCore core = new PollCore();

    Poller() {}

    /**
     * One item that was found ready.
     *
     * @param socket the socket, or null for a channel
     * @param channel the channel, or null for a socket
     * @param readable whether it can be read from
     * @param writable whether it can be written to
     */
    public record Ready(
            @Nullable Socket socket, @Nullable SelectableChannel channel, boolean readable, boolean writable) {
        /** Whether this is the given socket. */
        public boolean is(Socket other) {
            return socket == other;
        }
    }

    /**
     * Watches a socket; one that is watched already gets the new interest.
     *
     * @param interest {@link #READ}, {@link #WRITE}, both of them, or 0 to watch for nothing until it is added again
     * @throws ClosedException if the poller is closed
     * @throws io.lingmq.error.LingException if the interest is something else
     */
    public void add(Socket socket, int interest) {
        Objects.requireNonNull(socket, "the socket is null");
        core.add(socket, socket.core(), interest);
    }

    /**
     * Watches a channel, which must be in non-blocking mode and must not block meanwhile; one that is watched already
     * gets the new interest.
     *
     * @param interest {@link #READ}, {@link #WRITE}, both of them, or 0 to watch for nothing until it is added again
     * @throws ClosedException if the poller is closed
     * @throws io.lingmq.error.LingException if the channel is in blocking mode or closed, or the interest something
     *     else
     */
    public void add(SelectableChannel channel, int interest) {
        Objects.requireNonNull(channel, "the channel is null");
        core.add(channel, interest);
    }

    /** Watches a socket no longer. */
    public void remove(Socket socket) {
        Objects.requireNonNull(socket, "the socket is null");
        core.remove(socket);
    }

    /** Watches a channel no longer. It can be added again at once, or block from now on. */
    public void remove(SelectableChannel channel) {
        Objects.requireNonNull(channel, "the channel is null");
        core.remove(channel);
    }

    /**
     * Watches those sockets no longer that are closed.
     *
     * @return what was removed, each neither readable nor writable
     * @throws ClosedException if the poller itself is closed
     */
    public List<Ready> removeClosed() {
        return core.removeClosed().stream()
                .map(item -> new Ready((Socket) item, null, false, false))
                .toList();
    }

    /** How many sockets and channels are watched; channels that are closed are not. */
    public int size() {
        return core.size();
    }

    /**
     * Waits until an item is ready.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     * @throws ClosedException if the poller is closed, or a watched socket is and nothing else is ready
     */
    public List<Ready> poll() throws InterruptedException {
        return toReady(core.poll(Long.MAX_VALUE));
    }

    /**
     * Waits until an item is ready, at most the given time; 0 looks once. Empty if the time passed.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     * @throws ClosedException if the poller is closed, or a watched socket is and nothing else is ready
     */
    public List<Ready> poll(Duration timeout) throws InterruptedException {
        Objects.requireNonNull(timeout, "the timeout is null");
        return toReady(core.poll(Settings.nanos(timeout)));
    }

    private static List<Ready> toReady(List<PollCore.Found> found) {
        return found.stream()
                .map(f -> f.item() instanceof Socket socket
                        ? new Ready(socket, null, f.readable(), f.writable())
                        : new Ready(null, (SelectableChannel) f.item(), f.readable(), f.writable()))
                .toList();
    }

    /** Ends the poller; a thread that waits in it gets a {@link ClosedException}. */
    @Override
    public void close() {
        core.close();
    }
}
