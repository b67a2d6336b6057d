package io.lingmq;

import io.lingmq.socket.PollCore;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.List;
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
            @Nullable LingSocket socket, @Nullable SelectableChannel channel, boolean readable, boolean writable) {
        /** Whether this is the given socket. */
        public boolean is(LingSocket other) {
            return socket == other;
        }
    }

    /** Watches a socket; one that is watched already gets the new interest. */
    public void add(LingSocket socket, int interest) {
        core.add(socket, socket.core(), interest);
    }

    /**
     * Watches a channel, which must be in non-blocking mode and must not block meanwhile.
     *
     * @throws io.lingmq.error.LingException if the channel is in blocking mode or closed
     */
    public void add(SelectableChannel channel, int interest) {
        core.add(channel, interest);
    }

    /** Watches a socket no longer. */
    public void remove(LingSocket socket) {
        core.remove(socket);
    }

    /** Watches a channel no longer. */
    public void remove(SelectableChannel channel) {
        core.remove(channel);
    }

    /** How many sockets and channels are watched. */
    public int size() {
        return core.size();
    }

    /**
     * Waits until an item is ready.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     * @throws io.lingmq.error.ClosedException if the poller is closed, or a watched socket is
     */
    public List<Ready> poll() throws InterruptedException {
        return toReady(core.poll(Long.MAX_VALUE));
    }

    /** Waits until an item is ready, at most the given time; 0 looks once. Empty if the time passed. */
    public List<Ready> poll(Duration timeout) throws InterruptedException {
        return toReady(core.poll(io.lingmq.option.Settings.nanos(timeout)));
    }

    private static List<Ready> toReady(List<PollCore.Found> found) {
        return found.stream()
                .map(f -> f.item() instanceof LingSocket socket
                        ? new Ready(socket, null, f.readable(), f.writable())
                        : new Ready(null, (SelectableChannel) f.item(), f.readable(), f.writable()))
                .toList();
    }

    /** Ends the poller; a thread that waits in it gets a {@link io.lingmq.error.ClosedException}. */
    @Override
    public void close() {
        core.close();
    }
}
