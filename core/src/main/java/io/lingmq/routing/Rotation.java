package io.lingmq.routing;

import io.lingmq.pipe.Pipe;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Pipes that take turns. The one whose turn it is stands in a field of its own: most sockets have one peer, and asking
 * for it must cost nothing.
 *
 * <p>Threading: under the socket's lock.
 */
final class Rotation {
    private final ArrayDeque<Pipe> others = new ArrayDeque<>();
    private @Nullable Pipe front;
    private boolean hasOthers;

    /** Whose turn it is. */
    @Nullable
    Pipe front() {
        return front;
    }

    /** Lets a pipe take part, after all others. */
    void add(Pipe pipe) {
        if (front == null) {
            front = pipe;
        } else {
            others.addLast(pipe);
            hasOthers = true;
        }
    }

    /** Lets a pipe take part, before all others. */
    void addFirst(Pipe pipe) {
        if (front != null) {
            others.addFirst(front);
            hasOthers = true;
        }
        front = pipe;
    }

    /** The next one's turn. */
    void advance() {
        if (hasOthers && front != null) {
            others.addLast(front);
            front = others.pollFirst();
        }
    }

    /** Takes the pipe out whose turn it is. */
    void removeFront() {
        front = others.pollFirst();
        hasOthers = !others.isEmpty();
    }

    /** Takes a pipe out; false if it does not take part. */
    boolean remove(Pipe pipe) {
        if (pipe == front) {
            removeFront();
            return true;
        }
        var removed = others.remove(pipe);
        hasOthers = !others.isEmpty();
        return removed;
    }
}
