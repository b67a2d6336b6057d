package io.lingmq.socket;

import io.lingmq.error.ClosedException;
import io.lingmq.error.ErrorCode;
import io.lingmq.error.LingException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Waits for any of several sockets and channels.
 *
 * <p>A socket that signals puts its watch into a list, once; a poll looks only at those and at the ones that were ready
 * the last time. While no channel is watched the waiting thread parks; else it waits in a selector, which a signal
 * wakes.
 *
 * <p>A closed socket is news too, but does not keep the others waiting: only a poll that finds nothing else tells of
 * it.
 *
 * <p>Threading: all methods from any thread, but one thread at a time polls. What is watched changes under the lock of
 * this object, which nobody holds while it waits. The waiting thread sets {@code asleep}, then looks into the list; a
 * signal is put into the list, then {@code asleep} is looked at.
 */
public final class PollCore {
    static final int READ = 1;
    static final int WRITE = 2;

    /** A look into the channels of a socket that has nothing costs about a microsecond. */
    private static final int MOST_LOOKED_INTO = 8;

    /** To ask a socket whether it holds something unsent costs some nanoseconds. */
    private static final int MOST_ASKED_TO_WRITE = 64;

    /** One ready item: the socket or channel as it was added. */
    public record Found(Object item, boolean readable, boolean writable) {}

    private final Map<Object, PollWatch> watches = new ConcurrentHashMap<>();
    private final PolledChannels channels = new PolledChannels();
    private final SignalledWatches signalled = new SignalledWatches();
    /** Those that may be ready, or closed. The polling thread's. */
    private final Set<PollWatch> candidates = new LinkedHashSet<>();

    private final AdaptiveSpin spin = new AdaptiveSpin();
    private final AtomicReference<@Nullable Thread> polling = new AtomicReference<>();
    /** The polling thread while it sleeps or is about to. */
    private volatile @Nullable Thread asleep;

    private volatile boolean closed;

    // ---- what is watched

    /** Watches a socket, or changes what it is watched for. */
    public synchronized void add(Object item, SocketCore socket, int interest) {
        ensureOpen();
        checkInterest(interest);
        var watch = watches.get(item);
        if (watch == null) {
            watch = new PollWatch(item, socket, this::signal);
            watches.put(item, watch);
            socket.pipes().observe(watch);
        }
        watch.wants(interest);
    }

    /** Watches a channel, or changes what it is watched for. */
    public synchronized void add(SelectableChannel channel, int interest) {
        ensureOpen();
        checkInterest(interest);
        channels.add(channel, interest);
        wake();
    }

    private static void checkInterest(int interest) {
        if ((interest & ~(READ | WRITE)) != 0) {
            throw new LingException(
                    ErrorCode.INVALID, "an interest is READ, WRITE, both of them, or 0 for none; not " + interest);
        }
    }

    /** Watches a socket no longer. */
    public synchronized void remove(Object item) {
        var watch = watches.remove(item);
        if (watch != null) {
            watch.socket().pipes().ignore(watch);
            watch.ends();
        }
    }

    /** Watches a channel no longer. */
    public synchronized void remove(SelectableChannel channel) {
        channels.remove(channel);
        wake();
    }

    /** Watches those sockets no longer that are closed, and returns them. */
    public synchronized List<Object> removeClosed() {
        ensureOpen();
        var removed = new ArrayList<Object>();
        for (var watch : List.copyOf(watches.values())) {
            if (watch.socket().isClosed()) {
                remove(watch.item());
                removed.add(watch.item());
            }
        }
        return removed;
    }

    /** How many items are watched. */
    public int size() {
        return watches.size() + channels.size();
    }

    private void signal(PollWatch watch) {
        if (signalled.push(watch)) {
            wake();
        }
    }

    // ---- the polling thread

    /** Waits until an item is ready or the time has passed. */
    public List<Found> poll(long timeoutNs) throws InterruptedException {
        if (!polling.compareAndSet(null, Thread.currentThread())) {
            throw new LingException(ErrorCode.WRONG_STATE, "another thread waits in this poller; give each its own");
        }
        try {
            return pollAlone(timeoutNs);
        } finally {
            asleep = null;
            polling.set(null);
        }
    }

    private boolean isPolling() {
        return polling.get() == Thread.currentThread();
    }

    private List<Found> pollAlone(long timeoutNs) throws InterruptedException {
        ensureOpen();
        var found = look();
        if (!found.isEmpty()) {
            return found;
        }
        if (timeoutNs > 0) {
            flush();
        }
        var beginNs = System.nanoTime();
        var spinNs = Math.min(timeoutNs, spinNs());
        if (spin.pays(spinNs, false, PollCore::newsCome, this)) {
            found = look();
        }
        if (found.isEmpty()) {
            found = sleepUntilFound(beginNs, timeoutNs);
            spin.slept(System.nanoTime() - beginNs, spinNs);
        }
        return found;
    }

    private List<Found> sleepUntilFound(long beginNs, long timeoutNs) throws InterruptedException {
        if (looksIntoChannels()) {
            watches.values().forEach(watch -> watch.socket().pipes().stopReadingInline());
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
    private void flush() {
        if (watches.size() <= MOST_ASKED_TO_WRITE) {
            watches.values().forEach(watch -> watch.socket().pipes().flush());
        }
    }

    private long spinNs() {
        return looksIntoChannels()
                ? watches.values().stream()
                        .mapToLong(watch -> watch.socket().settings().spinNs())
                        .max()
                        .orElse(0)
                : 0;
    }

    private boolean newsCome() {
        for (var watch : watches.values()) {
            if (watch.wantsToRead()) {
                watch.socket().pipes().readInline();
            }
        }
        return !signalled.isEmpty() || closed;
    }

    /** What is ready; a closed socket is told of when nothing is. */
    private List<Found> look() {
        assert isPolling();
        signalled.takeAll(candidates::add);
        var found = new ArrayList<Found>();
        ClosedException end = null;
        for (var each = candidates.iterator(); each.hasNext(); ) {
            try {
                var candidate = each.next();
                var ready = candidate.look();
                if (ready == null) {
                    each.remove();
                    giveBack(candidate);
                } else {
                    found.add(ready);
                }
            } catch (ClosedException e) { // the others are not to wait until it is removed
                end = e;
            }
        }
        channels.selectNow(key -> found.add(found(key)));
        if (found.isEmpty() && end != null) {
            throw end;
        }
        return found;
    }

    /** A bell tells of the socket's next message: no receiver may own its channels, unless this poll looks too. */
    private void giveBack(PollWatch watch) {
        if (!looksIntoChannels()) {
            watch.socket().pipes().stopReadingInline();
        }
    }

    private static Found found(SelectionKey key) {
        var ready = key.readyOps();
        return new Found(
                key.channel(),
                (ready & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT)) != 0,
                (ready & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT)) != 0);
    }

    private void sleep(long leftNs) {
        assert isPolling();
        asleep = Thread.currentThread();
        if (signalled.isEmpty() && !channels.areReturning() && !closed) {
            if (channels.areWaitedFor()) {
                // Rounded up, so as not to turn round in vain.
                channels.select(TimeUnit.NANOSECONDS.toMillis(Math.min(leftNs, Long.MAX_VALUE / 2)) + 1);
            } else {
                LockSupport.parkNanos(this, leftNs);
            }
        }
        asleep = null;
    }

    // ---- any thread

    private void wake() {
        var sleeper = asleep;
        if (sleeper != null) {
            LockSupport.unpark(sleeper);
            channels.wakeup();
        }
    }

    private void ensureOpen() {
        if (closed) {
            throw closed();
        }
    }

    static ClosedException closed() {
        return new ClosedException("the poller is closed");
    }

    /** Ends the poller. */
    public synchronized void close() {
        closed = true;
        List.copyOf(watches.keySet()).forEach(this::remove);
        wake();
        channels.close();
    }
}
