package io.lingmq.pattern;

import io.lingmq.event.DropReason;
import io.lingmq.message.Message;
import io.lingmq.routing.Drops;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What a ROUTER's peers had said, unread, when another peer took their place in the pipe; with their names in front.
 *
 * <p>Each of them can have had as much unread as its high-water mark allows, and peers may take turns without end. So
 * there is room for {@value #MOST} messages, or 64 MiB; what does not fit is dropped and counted. What the application
 * hands back always fits.
 *
 * <p>Threading: under the socket's lock.
 */
final class LeftBehind {
    /** So many messages may be left. */
    static final int MOST = 100_000;
    /** So many bytes may they have. */
    static final long MOST_BYTES = 64L << 20;

    private final Drops drops;
    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private long bytes;

    LeftBehind(Drops drops) {
        this.drops = drops;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Adds what a peer has left. */
    void add(Message message) {
        if (messages.size() >= MOST || bytes + Turn.cost(message) > MOST_BYTES) {
            drops.count(DropReason.UNREAD);
            return;
        }
        messages.addLast(message);
        bytes += Turn.cost(message);
    }

    /** The next one, or null. */
    @Nullable
    Message poll() {
        var first = messages.pollFirst();
        bytes -= first == null ? 0 : Turn.cost(first);
        return first;
    }

    /** Takes one back that was received: it is the next. */
    void handBack(Message message) {
        messages.addFirst(message);
        bytes += Turn.cost(message);
    }
}
