package io.lingmq.pattern;

import io.lingmq.event.DropReason;
import io.lingmq.guard.Log;
import io.lingmq.message.Message;
import io.lingmq.pipe.Pipe;
import io.lingmq.routing.Drops;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an XPUB's peers have said, for the application to receive: subscriptions, cancellations and messages.
 *
 * <p>Peers are read whether the application receives or not, so this is where what they say could grow without end. A
 * peer may have {@value #MOST_OF_PEER} of them unread here, or 64 MiB, and is refused if it goes on. All together may
 * have {@value #MOST}, or 256 MiB; an application that lets it come to that does not want to know, and more is dropped
 * and counted.
 *
 * <p>Threading: under the socket's lock.
 */
final class Reports {
    /** So many unread reports may be about one peer. */
    static final int MOST_OF_PEER = 100_000;
    /** So many bytes may they have. */
    static final long MOST_BYTES_OF_PEER = 64L << 20;
    /** So many unread reports may there be. */
    static final int MOST = 250_000;
    /** So many bytes may they have. */
    static final long MOST_BYTES = 256L << 20;

    /** What a frame of a message of several takes besides its body: an array and the reference to it. */
    static final int BYTES_OF_FRAME = 24;

    private record Report(Message message, @Nullable Pipe about) {}

    private static final class Share {
        private int count;
        private long bytes;

        void change(int direction, Message message) {
            count += direction;
            bytes += direction * weight(message);
        }

        /** Frames weigh something without any bytes in them, and a message may have very many. */
        private static long weight(Message message) {
            return message.totalSize() + (long) BYTES_OF_FRAME * (message.frameCount() - 1);
        }

        boolean exceeds(int mostCount, long mostBytes) {
            return count > mostCount || bytes > mostBytes;
        }
    }

    private final Drops drops;
    private final ArrayDeque<Report> unread = new ArrayDeque<>();
    private final Map<Pipe, Share> shares = new HashMap<>();
    private final Share all = new Share();
    private @Nullable Pipe latest;
    private boolean hasWarned;

    Reports(Drops drops) {
        this.drops = drops;
    }

    boolean isEmpty() {
        return unread.isEmpty();
    }

    /** Adds what a peer has said; returns why the peer is to be refused, or null. */
    @Nullable
    String add(Message message, Pipe about) {
        var share = shares.computeIfAbsent(about, pipe -> new Share());
        share.change(1, message);
        if (share.exceeds(MOST_OF_PEER, MOST_BYTES_OF_PEER)) {
            var reason = "the application has left " + share.count + " subscriptions and messages of this peer unread, "
                    + share.bytes + " bytes; the limit is " + MOST_OF_PEER + ", or " + MOST_BYTES_OF_PEER + " bytes";
            undo(share, message, about);
            drops.count(DropReason.REPORT_UNREAD, about);
            return reason;
        }
        if (!add(new Report(message, about))) {
            undo(share, message, about);
        }
        return null;
    }

    private void undo(Share share, Message message, Pipe about) {
        share.change(-1, message);
        if (share.count == 0) {
            shares.remove(about);
        }
    }

    /** Adds what nobody has said who is still there. */
    void add(Message message) {
        add(new Report(message, null));
    }

    private boolean add(Report report) {
        all.change(1, report.message);
        if (!all.exceeds(MOST, MOST_BYTES)) {
            unread.addLast(report);
            return true;
        }
        all.change(-1, report.message);
        drops.count(DropReason.REPORT_UNREAD, report.about);
        warnOnce();
        return false;
    }

    private void warnOnce() {
        if (!hasWarned) {
            hasWarned = true;
            Log.warning(
                    "an XPUB's application has left " + all.count + " subscriptions and messages of its peers unread;"
                            + " more are dropped and counted. A PUB has none to read");
        }
    }

    /** The next one, or null; {@link #latest} then tells whom it is about. */
    @Nullable
    Message poll() {
        var report = unread.pollFirst();
        if (report == null) {
            return null;
        }
        latest = report.about;
        all.change(-1, report.message);
        var share = latest == null ? null : shares.get(latest);
        if (latest != null && share != null) {
            undo(share, report.message, latest);
        }
        return report.message;
    }

    /** Takes one back that was polled. */
    void handBack(Message message, @Nullable Pipe about) {
        unread.addFirst(new Report(message, about));
        all.change(1, message);
        if (about != null) {
            shares.computeIfAbsent(about, pipe -> new Share()).change(1, message);
        }
    }

    /** Whom the latest report was about; null if nobody, or if that peer is gone. */
    @Nullable
    Pipe latest() {
        return latest;
    }

    /** A peer is gone. */
    void forget(Pipe pipe) {
        if (latest == pipe) {
            latest = null;
        }
    }
}
