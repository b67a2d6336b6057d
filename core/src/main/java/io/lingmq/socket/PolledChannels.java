package io.lingmq.socket;

import io.lingmq.error.ClosedException;
import io.lingmq.error.ErrorCode;
import io.lingmq.error.LingException;
import io.lingmq.error.NotSupportedException;
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
import java.util.List;
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
    private final Map<SelectableChannel, Wish> returning = new LinkedHashMap<>();
    private volatile boolean anyReturning;
    private volatile @Nullable Selector selector;
    /** The polling thread's. */
    private boolean someHaveGone;

    /** What a channel is watched for, and what is told together with it. */
    private record Wish(int interests, @Nullable Object attachment) {}

    // ---- any thread

    /** Watches a channel, or changes what it is watched for and what is attached to it. */
    synchronized void add(SelectableChannel channel, int interests, @Nullable Object attachment) {
        checkInterests(channel, interests);
        if (channel.isBlocking()) {
            throw blocking();
        }
        try {
            channel.register(openSelector(), operations(channel, interests), attachment);
        } catch (CancelledKeyException e) {
            returning.put(channel, new Wish(interests, attachment));
            noteReturning();
        } catch (ClosedSelectorException e) {
            throw PollCore.closed();
        } catch (ClosedChannelException e) {
            throw new LingException(ErrorCode.INVALID, "a closed channel cannot be polled", e);
        }
    }

    private static void checkInterests(SelectableChannel channel, int interests) {
        for (var interest : new int[] {PollCore.READ, PollCore.WRITE}) {
            if ((interests & interest) != 0 && operations(channel, interest) == 0) {
                throw new NotSupportedException(
                        interest == PollCore.READ
                                ? channel + " cannot be read from; watch it for WRITE"
                                : channel + " cannot be written to; watch it for READ");
            }
        }
    }

    /** Changes what a channel is watched for. */
    synchronized void change(SelectableChannel channel, int interests) {
        var wish = returning.get(channel);
        var key = key(channel);
        if (wish != null) {
            add(channel, interests, wish.attachment);
        } else if (key != null && key.isValid()) {
            add(channel, interests, key.attachment());
        } else {
            throw PollCore.notWatched(channel);
        }
    }

    private @Nullable SelectionKey key(SelectableChannel channel) {
        var open = selector;
        return open == null ? null : channel.keyFor(open);
    }

    /** Watches a channel no longer. From now on it may block. */
    synchronized void remove(SelectableChannel channel) {
        returning.remove(channel);
        noteReturning();
        var key = key(channel);
        if (key != null) {
            key.cancel();
        }
    }

    /** Adds each channel and its interests, in words, to the list. */
    synchronized void describe(List<String> words) {
        returning.forEach((channel, wish) -> words.add(PollCore.described(channel, wish.interests)));
        var open = selector;
        if (open != null && open.isOpen()) {
            open.keys().forEach(key -> describe(key, words));
        }
    }

    private static void describe(SelectionKey key, List<String> words) {
        try {
            words.add(PollCore.described(key.channel(), interests(key.interestOps())));
        } catch (CancelledKeyException e) {
            return; // it is watched no longer
        }
    }

    private static int interests(int operations) {
        return ((operations & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT)) != 0 ? PollCore.READ : 0)
                | ((operations & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT)) != 0 ? PollCore.WRITE : 0);
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

    private static int operations(SelectableChannel channel, int interests) {
        var operations = 0;
        if ((interests & PollCore.READ) != 0) {
            operations |= channel.validOps() & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT);
        }
        if ((interests & PollCore.WRITE) != 0) {
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
            var before = open.keys().size();
            open.selectNow(key -> noteIfValid(key, ready));
            noteGone(before, open);
        } catch (ClosedSelectorException e) {
            throw PollCore.closed();
        } catch (IOException e) {
            throw new UncheckedIOException("polling channels failed", e);
        }
    }

    /** A selector drops the closed channels when it is asked, and tells nobody. */
    private void noteGone(int before, Selector open) {
        someHaveGone |= open.keys().size() < before;
    }

    /** Whether some channels were closed or removed since this was asked last, as far as can be told. */
    boolean takeGone() {
        var gone = someHaveGone;
        someHaveGone = false;
        return gone;
    }

    boolean haveGone() {
        return someHaveGone;
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
                var before = open.keys().size();
                open.select(key -> {}, timeoutMs);
                noteGone(before, open);
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
            var before = open.keys().size();
            open.selectNow(key -> {}); // notices which channels were taken out
            noteGone(before, open);
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

    private static void takeIn(Selector open, SelectableChannel channel, Wish wish) {
        try {
            channel.register(open, operations(channel, wish.interests), wish.attachment);
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
