package io.lingmq.cli.peers;

import io.lingmq.Socket;
import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Connections;
import io.lingmq.cli.shell.Span;
import io.lingmq.event.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a socket's peers and shows what has changed: soon after each event of its connections, and in any case after
 * a while, for nobody tells of messages that pass.
 *
 * <p>Threading: confined to one thread, but for {@link #news}.
 */
final class Watch {
    /** Events come a moment before the socket knows the peer; and where many come there is more to come. */
    private static final long SETTLING_NS = 20_000_000;

    private final Socket socket;
    private final Display display;
    private final long intervalNs;
    private final Semaphore news = new Semaphore(0);
    /** What was shown last, by the peer's id. */
    private Map<Long, PeerRow> shown = new LinkedHashMap<>();

    private boolean isFirst = true;

    Watch(Socket socket, Display display, Duration interval) {
        this.socket = socket;
        this.display = display;
        intervalNs = interval.toNanos();
    }

    /** Something has happened to a connection. Any thread. */
    void news() {
        news.release();
    }

    /** Shows so many changes; fails if nothing changes for as long as the timeout. */
    void run(long count, @Nullable Duration timeout, Connections connections) throws InterruptedException {
        var changesNs = System.nanoTime();
        for (var left = count; left > 0; ) {
            var changes = look(left);
            if (changes > 0) {
                left -= changes;
                changesNs = System.nanoTime();
            } else if (timeout != null && System.nanoTime() - changesNs > timeout.toNanos()) {
                throw CommandFailure.failed("nothing changed within " + Span.text(timeout) + connections.why());
            }
            if (left > 0) {
                awaitNews(timeout == null ? intervalNs : Math.min(intervalNs, timeout.toNanos()));
            }
        }
    }

    private int look(long most) {
        var now = new LinkedHashMap<Long, PeerRow>();
        for (var peer : socket.peers()) {
            now.put(peer.id(), new PeerRow(peer, false));
        }
        var changed = changed(now);
        if (!changed.isEmpty() || isFirst) {
            isFirst = false;
            var some = changed.subList(0, (int) Math.min(most, changed.size()));
            display.show(List.copyOf(now.values()), some);
        }
        shown = now;
        return changed.size();
    }

    private List<PeerRow> changed(Map<Long, PeerRow> now) {
        var changed = new ArrayList<PeerRow>();
        shown.forEach((id, row) -> {
            if (!now.containsKey(id)) {
                changed.add(new PeerRow(row.peer(), true));
            }
        });
        now.forEach((id, row) -> {
            var before = shown.get(id);
            if (before == null || differs(before.peer(), row.peer())) {
                changed.add(row);
            }
        });
        return changed;
    }

    /** All that may change; the rest comes with the state. */
    private static boolean differs(Peer one, Peer other) {
        return one.state() != other.state()
                || !one.since().equals(other.since())
                || !one.counts().equals(other.counts())
                || !one.dropped().equals(other.dropped());
    }

    private void awaitNews(long longestNs) throws InterruptedException {
        if (!news.tryAcquire(longestNs, TimeUnit.NANOSECONDS)) {
            return;
        }
        var heardNs = System.nanoTime();
        do {
            news.drainPermits();
        } while (System.nanoTime() - heardNs < intervalNs && news.tryAcquire(SETTLING_NS, TimeUnit.NANOSECONDS));
    }
}
