package io.lingmq;

import io.lingmq.error.ClosedException;
import io.lingmq.option.Settings;
import io.lingmq.socket.PollCore;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Waits until at least one of several sockets or NIO channels is ready. A {@link Loop} calls handlers then.
 *
 * <pre>{@code
 * try (var poller = context.poller()) {
 *     poller.add(frontend, Interest.READ);
 *     poller.add(backend, Interest.READ);
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
 * throws a {@link ClosedException}, also while it waits. One that is to go on without the closed sockets asks which
 * they are:
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
 * <p>A poller ends with its context: so a loop around {@code poll} ends then, whatever it watches.
 *
 * <p>Threading: items may be added, changed and removed from any thread, also while another one waits; one thread at a
 * time waits. Source: libzmq's {@code zmq_poller}.
 */
public final class Poller implements AutoCloseable {
    private final PollCore core;

    Poller(PollCore core) {
        this.core = core;
    }

    /**
     * One item that was found ready.
     *
     * @param socket the socket, or null for a channel
     * @param channel the channel, or null for a socket
     * @param attachment what was given to the poller together with the item, or null
     * @param readable whether it can be read from
     * @param writable whether it can be written to
     */
    public record Ready(
            @Nullable Socket socket,
            @Nullable SelectableChannel channel,
            @Nullable Object attachment,
            boolean readable,
            boolean writable) {
        /** Whether this is the given socket. */
        public boolean is(Socket other) {
            return socket == Objects.requireNonNull(other, "the socket is null");
        }

        /** Whether this is the given channel. */
        public boolean is(SelectableChannel other) {
            return channel == Objects.requireNonNull(other, "the channel is null");
        }
    }

    /**
     * Watches a socket. If it is watched already, it is watched for these interests from now on, and loses its
     * attachment.
     *
     * @throws ClosedException if the poller is closed
     * @throws io.lingmq.error.NotSupportedException if the socket cannot do this: it is {@link Interest#READ} and the
     *     socket only sends, or the other way round
     */
    public void add(Socket socket, Interest first, Interest... more) {
        add(socket, Interest.bits(first, more), null);
    }

    /**
     * Watches a socket, and reports it together with an object of yours. If it is watched already, the new interests
     * and the new attachment replace the old ones.
     *
     * @param interests an empty set watches for nothing until it is {@linkplain #change changed}
     * @param attachment what {@link Ready#attachment} is to give back, a handler for example, or null
     * @throws ClosedException if the poller is closed
     * @throws io.lingmq.error.NotSupportedException if the socket cannot do this: it is {@link Interest#READ} and the
     *     socket only sends, or the other way round
     */
    public void add(Socket socket, Set<Interest> interests, @Nullable Object attachment) {
        add(socket, Interest.bits(interests), attachment);
    }

    private void add(Socket socket, int interests, @Nullable Object attachment) {
        Objects.requireNonNull(socket, "the socket is null");
        core.add(socket, socket.core(), interests, attachment);
    }

    /**
     * Watches a channel, which must be in non-blocking mode and must not block meanwhile. If it is watched already, it
     * is watched for these interests from now on, and loses its attachment.
     *
     * @throws ClosedException if the poller is closed
     * @throws io.lingmq.error.LingException if the channel is in blocking mode or closed
     * @throws io.lingmq.error.NotSupportedException if the channel cannot do this, as one that only accepts connections
     *     and {@link Interest#WRITE}
     */
    public void add(SelectableChannel channel, Interest first, Interest... more) {
        add(channel, Interest.bits(first, more), null);
    }

    /**
     * Watches a channel, and reports it together with an object of yours; the rest is as for
     * {@linkplain #add(SelectableChannel, Interest, Interest...) channels} and {@linkplain #add(Socket, Set, Object)
     * attachments}.
     *
     * @throws ClosedException if the poller is closed
     * @throws io.lingmq.error.LingException if the channel is in blocking mode or closed
     * @throws io.lingmq.error.NotSupportedException if the channel cannot do this
     */
    public void add(SelectableChannel channel, Set<Interest> interests, @Nullable Object attachment) {
        add(channel, Interest.bits(interests), attachment);
    }

    private void add(SelectableChannel channel, int interests, @Nullable Object attachment) {
        Objects.requireNonNull(channel, "the channel is null");
        core.add(channel, interests, attachment);
    }

    /**
     * Watches a socket for other interests; its attachment stays.
     *
     * @param interests an empty set watches for nothing until it is changed again
     * @throws ClosedException if the poller is closed
     * @throws io.lingmq.error.LingException if the poller does not watch the socket
     * @throws io.lingmq.error.NotSupportedException if the socket cannot do this
     */
    public void change(Socket socket, Set<Interest> interests) {
        Objects.requireNonNull(socket, "the socket is null");
        core.change(socket, Interest.bits(interests));
    }

    /**
     * Watches a channel for other interests; its attachment stays.
     *
     * @param interests an empty set watches for nothing until it is changed again
     * @throws ClosedException if the poller is closed
     * @throws io.lingmq.error.LingException if the poller does not watch the channel, or the channel is closed
     * @throws io.lingmq.error.NotSupportedException if the channel cannot do this
     */
    public void change(SelectableChannel channel, Set<Interest> interests) {
        Objects.requireNonNull(channel, "the channel is null");
        core.change(channel, Interest.bits(interests));
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
                .map(item -> new Ready((Socket) item, null, null, false, false))
                .toList();
    }

    /** How many sockets and channels are watched; channels that are closed are not. */
    public int size() {
        return core.size();
    }

    /**
     * Waits until an item is ready. Empty if {@link #wakeup} was called.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     * @throws ClosedException if the poller is closed, or a watched socket is and nothing else is ready
     */
    public List<Ready> poll() throws InterruptedException {
        return toReady(core.poll(Long.MAX_VALUE));
    }

    /**
     * Waits until an item is ready, at most the given time; 0 looks once. Empty if the time passed, or {@link #wakeup}
     * was called.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     * @throws ClosedException if the poller is closed, or a watched socket is and nothing else is ready
     */
    public List<Ready> poll(Duration timeout) throws InterruptedException {
        Objects.requireNonNull(timeout, "the timeout is null");
        return toReady(core.poll(Settings.nanos(timeout)));
    }

    private static List<Ready> toReady(List<PollCore.Found> found) {
        return found.stream().map(Poller::toReady).toList();
    }

    private static Ready toReady(PollCore.Found found) {
        return found.item() instanceof Socket socket
                ? new Ready(socket, null, found.attachment(), found.readable(), found.writable())
                : new Ready(
                        null, (SelectableChannel) found.item(), found.attachment(), found.readable(), found.writable());
    }

    /**
     * Ends the call that waits in this poller, or else the next one, which then looks once and does not wait. Several
     * wake-ups before a call returns are one. May be called from any thread, and does nothing to a closed poller.
     */
    public void wakeup() {
        core.wakeup();
    }

    /** Whether the poller is closed, by {@link #close} or with its context. */
    public boolean isClosed() {
        return core.isClosed();
    }

    /** Ends the poller; a thread that waits in it gets a {@link ClosedException}. */
    @Override
    public void close() {
        core.close();
    }

    /** What is watched, for what, and whether a thread is waiting; of many items the first few. */
    @Override
    public String toString() {
        return core.toString();
    }
}
