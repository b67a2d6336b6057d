package io.lingmq.routing;

import io.lingmq.pipe.Broadcast;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees when message after message goes to the same subscribers, and makes a {@link Broadcast} of it.
 *
 * <p>To begin and to end one costs about as much as two messages to each subscriber, hence not before
 * {@value #IN_A_ROW} of them.
 *
 * <p>Threading: under the socket's lock.
 */
final class Broadcasting {
    private static final int IN_A_ROW = 32;

    private List<Subscriber> latest = List.of();
    private int inARow;
    private boolean isPossible;
    private @Nullable Broadcast current;

    /** The broadcast for the next message, which goes to this audience; null if it is to be sent to each alone. */
    @Nullable
    Broadcast to(Audience audience) {
        if (audience.who() != latest) {
            end();
            latest = audience.who();
            isPossible = audience.isLasting();
        }
        if (current != null && current.isOver()) {
            current.end();
            current = null;
            inARow = 0;
        }
        if (current == null && isPossible && ++inARow > IN_A_ROW) {
            begin();
        }
        return current;
    }

    private void begin() {
        current = Broadcast.to(latest.stream().map(Subscriber::pipe).toList());
        isPossible = current != null;
    }

    /** Ends the broadcast, if there is one. */
    void end() {
        if (current != null) {
            current.end();
            current = null;
        }
        latest = List.of();
        inARow = 0;
    }
}
