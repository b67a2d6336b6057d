package io.lingmq.pipe;

import io.lingmq.event.DropReason;
import io.lingmq.event.Peer;
import io.lingmq.time.WallClock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the peer at a pipe's other end, beside what the pipe counts anyway.
 *
 * <p>Threading: under the socket's lock, except where another thread is named.
 */
public final class PeerRecord {
    private static final AtomicLong LAST_ID = new AtomicLong();
    private static final DropReason[] REASONS = DropReason.values();

    private final long id = LAST_ID.incrementAndGet();
    private String endpoint = "";
    private boolean isAccepted;
    private long sinceMs = WallClock.nowMs();
    private Peer.@Nullable Introduction introduction;
    /** Since something was dropped: most peers never need it. */
    private long @Nullable [] drops;

    private volatile long cutOff;
    private volatile long octetsPassedOver;
    /** What its connection has dropped; since it did: most never do. */
    private volatile @Nullable AtomicLongArray dropsOfConnection;

    /** What is known of a peer that has not come yet. */
    PeerRecord() {}

    /** The pipe is that of a connect. Before the pipe is attached. */
    public void connectedTo(String text) {
        endpoint = text;
    }

    /** The pipe is that of a peer which was accepted: there is nothing to tell before it is introduced. As above. */
    public void acceptedAt(String text) {
        endpoint = text;
        isAccepted = true;
    }

    /** A peer has completed its handshake, or has met this socket within the process. */
    public void introduced(Peer.Introduction by) {
        introduction = by;
    }

    /** The peer has come or gone. */
    void stateChanged() {
        sinceMs = WallClock.nowMs();
    }

    /** Some messages from or for this peer were dropped. */
    public void dropped(DropReason reason, long messages) {
        var counts = drops;
        if (counts == null) {
            counts = new long[REASONS.length];
            drops = counts;
        }
        counts[reason.ordinal()] += messages;
    }

    /** The connection has dropped some messages. Any thread. */
    void droppedByConnection(DropReason reason, long messages) {
        var counts = dropsOfConnection;
        if (counts == null) {
            synchronized (this) { // one thread reads and another one writes
                counts = dropsOfConnection;
                if (counts == null) {
                    counts = new AtomicLongArray(REASONS.length);
                    dropsOfConnection = counts;
                }
            }
        }
        counts.addAndGet(reason.ordinal(), messages);
    }

    /**
     * Some messages were sent in part when their connection was lost. By the thread of the connections, one at a time.
     */
    public void cutOff(long messages) {
        var total = cutOff + messages;
        cutOff = total;
    }

    /** A message of so many octets was taken out of the pipe and dropped. By the thread that writes. */
    void passedOver(long octets) {
        var total = octetsPassedOver + octets;
        octetsPassedOver = total;
    }

    /** How many messages left as a whole, of those that were taken out of the pipe. */
    long sent(LongSupplier taken) {
        var never = neverSent(); // first, as both grow
        return Math.max(0, taken.getAsLong() - never); // one may be dropped that is not taken yet
    }

    private long neverSent() {
        return cutOff + (drops == null ? 0 : drops[DropReason.NO_ROUTE.ordinal()]) + byConnection(DropReason.TOO_LARGE);
    }

    private long byConnection(DropReason reason) {
        var counts = dropsOfConnection;
        return counts == null ? 0 : counts.get(reason.ordinal());
    }

    @Nullable
    Peer snapshot(Pipe pipe) {
        if (isAccepted && introduction == null) {
            return null;
        }
        var routingId = pipe.routingId().length > 0 ? pipe.routingId() : pipe.peerRoutingId();
        var since = Instant.ofEpochMilli(sinceMs);
        return new Peer(id, endpoint, state(pipe), since, routingId, introduction, counts(pipe), drops());
    }

    /** Without the octets that were taken out of the pipe and went nowhere. */
    private Peer.Counts counts(Pipe pipe) {
        var nowhere = octetsPassedOver; // first, as both grow
        var all = pipe.counts();
        var octetsSent = all.octetsSent() - nowhere;
        return new Peer.Counts(
                all.sent(), all.received(), octetsSent, all.octetsReceived(), all.unsent(), all.unread());
    }

    private Peer.State state(Pipe pipe) {
        if (pipe.isOpen()) {
            return Peer.State.OPEN;
        }
        return introduction == null ? Peer.State.CONNECTING : Peer.State.LOST;
    }

    private Map<DropReason, Long> drops() {
        var map = new EnumMap<DropReason, Long>(DropReason.class);
        for (var reason : REASONS) {
            var count = (drops == null ? 0 : drops[reason.ordinal()])
                    + (reason == DropReason.UNSENT ? cutOff : 0)
                    + byConnection(reason);
            if (count > 0) {
                map.put(reason, count);
            }
        }
        return map;
    }
}
