package io.lingmq.socket;

import io.lingmq.error.ClosedException;
import io.lingmq.error.ErrorCode;
import io.lingmq.error.LingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The channels that a poller watches, in a selector that is opened for the first of them.
 *
 * <p>A selector does not take a channel in again as long as it has not noticed that the channel was taken out, which it
 * does when it is asked next, in the polling thread. So such a channel <em>returns</em> when that thread comes by.
 *
 * <p>A channel that its owner closes is watched no longer, as in any selector.
 *
 * <p>Threading: as the methods say. The lock of this object is never held while a thread waits.
 */
final class PolledChannels {
    private final Map<SelectableChannel, Integer> returning = new LinkedHashMap<>();
    private volatile boolean anyReturning;
    private volatile @Nullable Selector selector;

    // ---- any thread

    /** Watches a channel, or changes what it is watched for. */
    synchronized void add(SelectableChannel channel, int interest) {
        if (channel.isBlocking()) {
            throw blocking();
        }
        try {
            channel.register(openSelector(), operations(channel, interest));
        } catch (CancelledKeyException e) {
            returning.put(channel, interest);
            noteReturning();
        } catch (ClosedSelectorException e) {
            throw PollCore.closed();
        } catch (ClosedChannelException e) {
            throw new LingException(ErrorCode.INVALID, "a closed channel cannot be polled", e);
        }
    }

    /** Watches a channel no longer. From now on it may block. */
    synchronized void remove(SelectableChannel channel) {
        returning.remove(channel);
        noteReturning();
        var open = selector;
        var key = open == null ? null : channel.keyFor(open);
        if (key != null) {
            key.cancel();
        }
    }

    /** How many channels are watched. */
    synchronized int size() {
        returning.keySet().removeIf(channel -> !channel.isOpen());
        noteReturning();
        var open = selector;
        return returning.size()
                + (open == null || !open.isOpen()
                        ? 0
                        : (int) open.keys().stream()
                                .filter(SelectionKey::isValid)
                                .count());
    }

    private void noteReturning() {
        assert Thread.holdsLock(this);
        anyReturning = !returning.isEmpty();
    }

    private static int operations(SelectableChannel channel, int interest) {
        var operations = 0;
        if ((interest & PollCore.READ) != 0) {
            operations |= channel.validOps() & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT);
        }
        if ((interest & PollCore.WRITE) != 0) {
            operations |= channel.validOps() & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT);
        }
        return operations;
    }

    private Selector openSelector() {
        assert Thread.holdsLock(this);
        var open = selector;
        if (open == null) {
            try {
                open = Selector.open();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot open a selector: the process may have no descriptors left", e);
            }
            selector = open;
        }
        return open;
    }

    /** Ends a {@link #select}, or the next one. */
    void wakeup() {
        var open = selector;
        if (open != null) {
            open.wakeup();
        }
    }

    /** Ends them; a thread that selects gets a {@link ClosedException}. */
    synchronized void close() {
        var open = selector;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing the poller's selector failed", e);
        }
    }

    // ---- the polling thread

    /** Whether a thread that waits must do so in the selector. */
    boolean areWaitedFor() {
        return selector != null;
    }

    /** Whether there is none. */
    boolean isEmpty() {
        var open = selector;
        try {
            return !anyReturning && (open == null || open.keys().isEmpty());
        } catch (ClosedSelectorException e) {
            throw PollCore.closed();
        }
    }

    /** Whether some are not looked at yet by {@link #select}. */
    boolean areReturning() {
        return anyReturning;
    }

    /** Gives the key of each channel that is ready to the taker. */
    void selectNow(Consumer<SelectionKey> ready) {
        var open = selector;
        if (open == null || isEmpty()) {
            return;
        }
        try {
            takeReturning();
            open.selectNow(key -> noteIfValid(key, ready));
        } catch (ClosedSelectorException e) {
            throw PollCore.closed();
        } catch (IOException e) {
            throw new UncheckedIOException("polling channels failed", e);
        }
    }

    private static void noteIfValid(SelectionKey key, Consumer<SelectionKey> ready) {
        try {
            ready.accept(key);
        } catch (CancelledKeyException e) {
            // The channel was closed or removed a moment ago: there is nothing to tell of it.
            return;
        }
    }

    /** Waits until a channel is ready or somebody wakes it; which one, a {@link #selectNow} tells. */
    void select(long timeoutMs) {
        var open = selector;
        try {
            if (open != null) {
                open.select(key -> {}, timeoutMs);
            }
        } catch (ClosedSelectorException e) {
            throw PollCore.closed();
        } catch (IOException e) {
            throw new UncheckedIOException("polling channels failed", e);
        }
    }

    private void takeReturning() throws IOException {
        if (!anyReturning) {
            return;
        }
        synchronized (this) {
            var open = openSelector();
            open.selectNow(key -> {}); // notices which channels were taken out
            try {
                for (var each = returning.entrySet().iterator(); each.hasNext(); ) {
                    var next = each.next();
                    each.remove();
                    takeIn(open, next.getKey(), next.getValue());
                }
            } finally {
                noteReturning();
            }
        }
    }

    private static void takeIn(Selector open, SelectableChannel channel, int interest) {
        try {
            channel.register(open, operations(channel, interest));
        } catch (ClosedChannelException | CancelledKeyException e) {
            return; // its owner has closed it meanwhile
        } catch (IllegalBlockingModeException e) {
            throw blocking();
        }
    }

    private static LingException blocking() {
        return new LingException(
                ErrorCode.INVALID,
                "a channel must be in non-blocking mode to be polled: call configureBlocking(false) first");
    }
}
