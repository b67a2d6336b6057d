package io.lingmq.routing;

import io.lingmq.event.DropReason;
import io.lingmq.guard.Log;
import io.lingmq.pipe.Pipe;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Pipes whose peers are gone and have left something unread, in the order in which they went.
 *
 * <p>A peer that is there can have as much unread as its high-water mark allows; one that goes and comes again could
 * leave that much each time. So there are at most {@value #MOST} of these pipes, with 256 MiB in all but the first.
 * What a peer leaves beyond that is dropped and counted.
 *
 * <p>Threading: under the socket's lock.
 */
final class EndedPipes {
    /** So many peers that are gone may have left something. */
    static final int MOST = 50_000;
    /** So many octets may they have left. */
    static final long MOST_OCTETS = 256L << 20;

    private record Ended(Pipe pipe, long octets) {}

    private final Drops drops;
    private final ArrayDeque<Ended> pipes = new ArrayDeque<>();
    private long octets;
    private boolean hasWarned;

    EndedPipes(Drops drops) {
        this.drops = drops;
    }

    boolean isEmpty() {
        return pipes.isEmpty();
    }

    int size() {
        return pipes.size();
    }

    /** The one that is read first, or null. */
    @Nullable
    Pipe first() {
        var first = pipes.peekFirst();
        return first == null ? null : first.pipe;
    }

    /** A peer is gone; what it has left is read after all others', if there is not too much of that. */
    void add(Pipe pipe) {
        var left = pipe.unreadOctets();
        if (isEmpty() || (pipes.size() < MOST && octets + left <= MOST_OCTETS)) {
            pipes.addLast(new Ended(pipe, left));
            octets += left;
        } else {
            drops.count(DropReason.UNREAD, pipe, pipe.discardUnread());
            warnOnce();
        }
    }

    /** The first one is read to its end. */
    void removeFirst() {
        octets -= pipes.removeFirst().octets;
    }

    private void warnOnce() {
        if (!hasWarned) {
            hasWarned = true;
            Log.warning("nobody has received what " + pipes.size() + " peers had sent before they went, " + octets
                    + " bytes; what others leave is dropped and counted");
        }
    }
}
