package io.lingmq.socket;

import io.lingmq.error.ClosedException;
import io.lingmq.error.ErrorCode;
import io.lingmq.error.LingException;
import io.lingmq.error.NotSupportedException;
import io.lingmq.option.SocketType;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
 * signal is put into the list, then {@code asleep} is looked at. A {@link #wakeup} does the same with {@code woken}.
 */
public final class PollCore {
    /** The interest in receiving, or in what a channel has to read or accept. */
    public static final int READ = 1;
    /** The interest in sending, or in a channel that can be written to or has connected. */
    public static final int WRITE = 2;
    /** The interest in a socket's end, which the other two include. */
    public static final int CLOSE = 4;

    /** A look into the channels of a socket that has nothing costs about a microsecond. */
    private static final int MOST_LOOKED_INTO = 8;

    /** To ask a socket whether it holds something unsent costs some nanoseconds. */
    private static final int MOST_ASKED_TO_WRITE = 64;

    /** How many items a description names. */
    private static final int MOST_NAMED = 8;

    /** One ready item: the socket or channel as it was added, and what was attached to it. */
    public record Found(Object item, @Nullable Object attachment, boolean readable, boolean writable) {
        /** Whether it is a socket that is closed: that is found when it is ready for nothing. */
        public boolean isClosed() {
            return !readable && !writable;
        }
    }

    private final Map<Object, PollWatch> watches = new ConcurrentHashMap<>();
    private final PolledChannels channels = new PolledChannels();
    private final SignalledWatches signalled = new SignalledWatches();
    /** Those that may be ready, or closed. The polling thread's. */
    private final Set<PollWatch> candidates = new LinkedHashSet<>();
    /** Those whose sockets were found closed by the last look. The polling thread's. */
    private final List<PollWatch> ended = new ArrayList<>();
    /** Whether a closed socket or channel is to end the poll. The polling thread's. */
    private boolean tellsClosed;

    private final AdaptiveSpin spin = new AdaptiveSpin();
    private final AtomicReference<@Nullable Thread> polling = new AtomicReference<>();
    /** The polling thread while it sleeps or is about to. */
    private volatile @Nullable Thread asleep;

    /** Somebody wants the present poll to end, or else the next one. */
    private final AtomicBoolean woken = new AtomicBoolean();
    /** Why it is closed, or null while it is open. */
    private volatile @Nullable String closedBecause;

    // ---- what is watched

    /** Watches a socket; if it is watched already, for these interests from now on, and with this attachment. */
    public synchronized void add(Object item, SocketCore socket, int interests, @Nullable Object attachment) {
        ensureOpen();
        checkInterests(socket.type(), interests);
        var watch = watches.get(item);
        if (watch == null) {
            watch = new PollWatch(item, socket, this::signal);
            watches.put(item, watch);
            socket.pipes().observe(watch);
        }
        watch.attach(attachment);
        watch.wants(interests);
    }

    /** Watches a channel; if it is watched already, for these interests from now on, and with this attachment. */
    public synchronized void add(SelectableChannel channel, int interests, @Nullable Object attachment) {
        ensureOpen();
        channels.add(channel, interests, attachment);
        wake();
    }

    /** Changes what a socket is watched for. */
    public synchronized void change(Object item, int interests) {
        ensureOpen();
        var watch = watches.get(item);
        if (watch == null) {
            throw notWatched(item);
        }
        checkInterests(watch.socket().type(), interests);
        watch.wants(interests);
    }

    /** Changes what a channel is watched for. */
    public synchronized void change(SelectableChannel channel, int interests) {
        ensureOpen();
        channels.change(channel, interests);
        wake();
    }

    static LingException notWatched(Object item) {
        return new LingException(ErrorCode.WRONG_STATE, "this poller does not watch " + item + "; add it first");
    }

    private static void checkInterests(SocketType type, int interests) {
        if ((interests & READ) != 0 && !type.receives()) {
            throw new NotSupportedException("a " + type + " socket only sends; watch it for WRITE, not for READ");
        }
        if ((interests & WRITE) != 0 && !type.sends()) {
            throw new NotSupportedException("a " + type + " socket only receives; watch it for READ, not for WRITE");
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

    /** Waits until an item is ready, the time has passed, or somebody wakes it up. */
    public List<Found> poll(long timeoutNs) throws InterruptedException {
        beginPoll();
        try {
            var found = pollAlone(timeoutNs);
            if (found.isEmpty()) {
                ended.forEach(watch -> watch.socket().ensureOpen()); // which throws
            }
            return found;
        } finally {
            endPoll();
        }
    }

    /** As {@link #poll}, but what is found includes sockets that are closed, and channels that have gone end it. */
    public List<Found> pollWithClosed(long timeoutNs) throws InterruptedException {
        beginPoll();
        try {
            tellsClosed = true;
            var found = pollAlone(timeoutNs);
            ended.forEach(watch -> found.add(watch.found(false, false)));
            return found;
        } finally {
            tellsClosed = false;
            endPoll();
        }
    }

    /** Whether channels were closed or removed since this was asked last, as far as the last poll could tell. */
    public boolean channelsHaveGone() {
        return channels.takeGone();
    }

    private void beginPoll() {
        if (!polling.compareAndSet(null, Thread.currentThread())) {
            throw new LingException(ErrorCode.WRONG_STATE, "another thread waits in this poller; give each its own");
        }
    }

    /** A wake-up has done its work: what its thread had done before it is seen by who returns from here. */
    private void endPoll() {
        assert isPolling();
        asleep = null;
        ended.clear();
        if (woken.get()) {
            woken.getAndSet(false);
        }
        polling.set(null);
    }

    /** Ends the poll that waits now, or else the next one, which then looks once. */
    public void wakeup() {
        woken.set(true);
        wake();
    }

    private boolean isPolling() {
        return polling.get() == Thread.currentThread();
    }

    private List<Found> pollAlone(long timeoutNs) throws InterruptedException {
        ensureOpen();
        var found = look();
        if (isOver(found)) {
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
        if (!isOver(found)) {
            found = sleepUntilFound(beginNs, timeoutNs);
            spin.slept(System.nanoTime() - beginNs, spinNs);
        }
        return found;
    }

    private boolean isOver(List<Found> found) {
        return !found.isEmpty() || !ended.isEmpty() || woken.get() || (tellsClosed && channels.haveGone());
    }

    private List<Found> sleepUntilFound(long beginNs, long timeoutNs) throws InterruptedException {
        if (looksIntoChannels()) {
            watches.values().forEach(watch -> watch.socket().pipes().stopReadingInline());
        }
        while (true) {
            ensureOpen();
            var found = look();
            if (isOver(found)) {
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
        return !signalled.isEmpty() || woken.get() || closedBecause != null;
    }

    /** What is ready; a closed socket, which is ready for nothing, goes into another list. */
    private List<Found> look() {
        assert isPolling();
        signalled.takeAll(candidates::add);
        ended.clear();
        var found = new ArrayList<Found>();
        for (var each = candidates.iterator(); each.hasNext(); ) {
            var candidate = each.next();
            var ready = candidate.look();
            if (ready == null) {
                each.remove();
                giveBack(candidate);
            } else if (ready.isClosed()) { // the others are not to wait until it is removed
                ended.add(candidate);
            } else {
                found.add(ready);
            }
        }
        channels.selectNow(key -> found.add(found(key)));
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
                key.attachment(),
                (ready & (SelectionKey.OP_READ | SelectionKey.OP_ACCEPT)) != 0,
                (ready & (SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT)) != 0);
    }

    private void sleep(long leftNs) {
        assert isPolling();
        asleep = Thread.currentThread();
        if (signalled.isEmpty() && !channels.areReturning() && !woken.get() && closedBecause == null) {
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
        var reason = closedBecause;
        if (reason != null) {
            throw new ClosedException(reason);
        }
    }

    static ClosedException closed() {
        return new ClosedException("the poller is closed");
    }

    /** Whether it is closed, by itself or with its context. */
    public boolean isClosed() {
        return closedBecause != null;
    }

    /** Ends the poller. */
    public void close() {
        close("the poller is closed");
    }

    /** Ends the poller with its context. */
    void closeWithContext() {
        close("the context is closed, and its pollers with it");
    }

    private synchronized void close(String reason) {
        if (closedBecause == null) {
            closedBecause = reason;
        }
        List.copyOf(watches.keySet()).forEach(this::remove);
        wake();
        channels.close();
    }

    /** The sockets and channels, as many as may be named, with their interests. */
    @Override
    public synchronized String toString() {
        var names = new ArrayList<String>();
        watches.values().forEach(watch -> names.add(watch.toString()));
        channels.describe(names);
        var size = names.size();
        var state = isClosed() ? ", closed" : polling.get() != null ? ", polling" : "";
        var rest = size > MOST_NAMED ? ", and " + (size - MOST_NAMED) + " more" : "";
        return "poller of " + size + (size == 1 ? " item" : " items") + state
                + (size == 0 ? "" : ": " + String.join(", ", names.subList(0, Math.min(size, MOST_NAMED))) + rest);
    }

    /** An item and its interests, in words. */
    static String described(Object item, int interests) {
        var words = new ArrayList<String>();
        if ((interests & READ) != 0) {
            words.add("READ");
        }
        if ((interests & WRITE) != 0) {
            words.add("WRITE");
        }
        return item + " for " + (words.isEmpty() ? "nothing" : String.join(" and ", words));
    }
}
