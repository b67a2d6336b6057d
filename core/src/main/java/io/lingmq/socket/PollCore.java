package io.lingmq.socket;

import io.lingmq.error.ClosedException;
import io.lingmq.error.ErrorCode;
import io.lingmq.error.LingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Waits for any of several sockets and channels.
 *
 * <p>A socket that signals puts its watch into a queue, once; a poll looks only at those and at the ones that were
 * ready the last time. While no channel is watched the waiting thread parks; else it waits in a selector, which a
 * signal wakes.
 *
 * <p>Threading: all methods from any thread, but one thread at a time polls. The waiting thread sets {@code asleep},
 * then looks into the queue; a signal is put into the queue, then {@code asleep} is looked at.
 */
public final class PollCore {
    /** A look into the channels of a socket that has nothing costs about a microsecond. */
    private static final int MOST_LOOKED_INTO = 8;

    /** To ask a socket whether it holds something unsent costs some nanoseconds. */
    private static final int MOST_ASKED_TO_WRITE = 64;

    private static final int READ = 1;
    private static final int WRITE = 2;

    /** One ready item: the socket or channel as it was added. */
    public record Found(Object item, boolean readable, boolean writable) {}

    private final Map<Object, Watch> watches = new ConcurrentHashMap<>();
    private final Map<SelectableChannel, Integer> channels = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Watch> signalled = new ConcurrentLinkedQueue<>();
    private final Set<Watch> candidates = new LinkedHashSet<>();
    private final Patience patience = new Patience();
    private final AtomicBoolean polling = new AtomicBoolean();
    private volatile @Nullable Selector selector;
    private volatile @Nullable Thread asleep;
    private volatile boolean closed;

    private final class Watch implements Observer {
        private final Object item;
        private final SocketCore socket;
        private final AtomicBoolean queued = new AtomicBoolean();
        private volatile int interest;

        Watch(Object item, SocketCore socket, int interest) {
            this.item = item;
            this.socket = socket;
            this.interest = interest;
        }

        @Override
        public void onSignal() {
            if (queued.compareAndSet(false, true)) {
                signalled.add(this);
                wake();
            }
        }

        @Nullable
        Found look() {
            var readable = (interest & READ) != 0 && socket.canReceive();
            var writable = (interest & WRITE) != 0 && socket.canSend();
            return readable || writable ? new Found(item, readable, writable) : null;
        }
    }

    /** Watches a socket, or changes what it is watched for. */
    public void add(Object item, SocketCore socket, int interest) {
        ensureOpen();
        var watch = watches.computeIfAbsent(item, key -> {
            var made = new Watch(key, socket, interest);
            socket.pipes().observe(made);
            return made;
        });
        watch.interest = interest;
        watch.onSignal();
        if (closed) {
            remove(item); // it was closed meanwhile, perhaps without seeing this watch
        }
    }

    /** Watches a channel, or changes what it is watched for. */
    public void add(SelectableChannel channel, int interest) {
        ensureOpen();
        if (channel.isBlocking()) {
            throw new LingException(
                    ErrorCode.INVALID,
                    "a channel must be in non-blocking mode to be polled: call configureBlocking(false) first");
        }
        try {
            channel.register(openSelector(), operations(channel, interest));
            channels.put(channel, interest);
        } catch (ClosedSelectorException e) {
            throw closed();
        } catch (ClosedChannelException e) {
            throw new LingException(ErrorCode.INVALID, "a closed channel cannot be polled", e);
        }
        wake();
    }

    private static int operations(SelectableChannel channel, int interest) {
        var operations = 0;
        if ((interest & READ) != 0) {
            operations |= channel.validOps() & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT);
        }
        if ((interest & WRITE) != 0) {
            operations |= channel.validOps() & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT);
        }
        return operations;
    }

    private synchronized Selector openSelector() {
        ensureOpen();
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

    /** Watches a socket or channel no longer. */
    public void remove(Object item) {
        var watch = watches.remove(item);
        if (watch != null) {
            watch.socket.pipes().ignore(watch);
            watch.interest = 0;
        }
        var open = selector;
        if (item instanceof SelectableChannel channel && channels.remove(channel) != null && open != null) {
            var key = channel.keyFor(open);
            if (key != null) {
                key.cancel();
            }
            wake();
        }
    }

    /** How many items are watched. */
    public int size() {
        return watches.size() + channels.size();
    }

    /** Waits until an item is ready or the time has passed. */
    public List<Found> poll(long timeoutNs) throws InterruptedException {
        if (!polling.compareAndSet(false, true)) {
            throw new LingException(ErrorCode.WRONG_STATE, "another thread waits in this poller; give each its own");
        }
        try {
            return pollAlone(timeoutNs);
        } finally {
            asleep = null;
            polling.set(false);
        }
    }

    private List<Found> pollAlone(long timeoutNs) throws InterruptedException {
        ensureOpen();
        var found = look();
        if (!found.isEmpty()) {
            return found;
        }
        if (timeoutNs > 0) {
            writeUnsent();
        }
        var beginNs = System.nanoTime();
        var spinNs = Math.min(timeoutNs, spinNs());
        if (patience.pays(spinNs, false, PollCore::newsCome, this)) {
            found = look();
        }
        if (found.isEmpty()) {
            found = sleepUntilFound(beginNs, timeoutNs);
            patience.slept(System.nanoTime() - beginNs, spinNs);
        }
        return found;
    }

    private List<Found> sleepUntilFound(long beginNs, long timeoutNs) throws InterruptedException {
        if (looksIntoChannels()) {
            watches.values().forEach(watch -> watch.socket.pipes().stopReadingHere());
        }
        while (true) {
            ensureOpen();
            var found = look();
            if (!found.isEmpty()) {
                return found;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            var leftNs = timeoutNs == Long.MAX_VALUE ? timeoutNs : timeoutNs - (System.nanoTime() - beginNs);
            if (leftNs <= 0) {
                return found;
            }
            sleep(leftNs);
        }
    }

    // ---- looking for oneself

    /** With few sockets and no channels of the user's, a poll may look into the sockets' channels itself. */
    private boolean looksIntoChannels() {
        return watches.size() <= MOST_LOOKED_INTO && channels.isEmpty();
    }

    /** What was sent leaves before the wait, which may be for the answers. */
    private void writeUnsent() {
        if (watches.size() <= MOST_ASKED_TO_WRITE) {
            watches.values().forEach(watch -> watch.socket.pipes().writeUnsent());
        }
    }

    private long spinNs() {
        return looksIntoChannels()
                ? watches.values().stream()
                        .mapToLong(watch -> watch.socket.settings().spinNs())
                        .max()
                        .orElse(0)
                : 0;
    }

    private boolean newsCome() {
        for (var watch : watches.values()) {
            if ((watch.interest & READ) != 0) {
                watch.socket.pipes().readHere();
            }
        }
        return !signalled.isEmpty() || closed;
    }

    private List<Found> look() {
        Watch watch;
        while ((watch = signalled.poll()) != null) {
            watch.queued.set(false);
            candidates.add(watch);
        }
        var found = new ArrayList<Found>();
        for (var each = candidates.iterator(); each.hasNext(); ) {
            var ready = each.next().look();
            if (ready == null) {
                each.remove();
            } else {
                found.add(ready);
            }
        }
        lookAtChannels(found);
        return found;
    }

    private void lookAtChannels(List<Found> found) {
        var open = selector;
        if (open == null || channels.isEmpty()) {
            return;
        }
        try {
            open.selectNow(key -> note(key, found));
        } catch (ClosedSelectorException e) {
            throw closed();
        } catch (IOException e) {
            throw new UncheckedIOException("polling channels failed", e);
        }
    }

    private static void note(SelectionKey key, List<Found> found) {
        try {
            var ready = key.readyOps();
            found.add(new Found(
                    key.channel(),
                    (ready & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT)) != 0,
                    (ready & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT)) != 0));
        } catch (CancelledKeyException e) {
            // The channel was closed or removed a moment ago: there is nothing to tell of it.
            return;
        }
    }

    private void sleep(long leftNs) {
        asleep = Thread.currentThread();
        if (!signalled.isEmpty() || closed) {
            asleep = null;
            return;
        }
        var open = selector;
        if (open == null) {
            LockSupport.parkNanos(this, leftNs);
        } else {
            select(open, leftNs);
        }
        asleep = null;
    }

    private static void select(Selector open, long leftNs) {
        try {
            // Rounded up, so as not to turn round in vain; what is found is looked at again by selectNow.
            open.select(TimeUnit.NANOSECONDS.toMillis(Math.min(leftNs, Long.MAX_VALUE / 2)) + 1);
            open.selectedKeys().clear();
        } catch (ClosedSelectorException e) {
            throw closed();
        } catch (IOException e) {
            throw new UncheckedIOException("polling channels failed", e);
        }
    }

    private void wake() {
        var sleeper = asleep;
        if (sleeper == null) {
            return;
        }
        LockSupport.unpark(sleeper);
        var open = selector;
        if (open != null) {
            open.wakeup();
        }
    }

    private void ensureOpen() {
        if (closed) {
            throw closed();
        }
    }

    private static ClosedException closed() {
        return new ClosedException("the poller is closed");
    }

    /** Ends the poller. */
    public void close() {
        closed = true;
        List.copyOf(watches.keySet()).forEach(this::remove);
        wake();
        closeSelector();
    }

    /** Nobody opens another one while this is at work, or after it. */
    private synchronized void closeSelector() {
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
}
