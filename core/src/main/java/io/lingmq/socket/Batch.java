package io.lingmq.socket;

import io.lingmq.message.Message;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a {@link Relay} takes from one socket at a time and passes to the other: as many as make the cost
 * of a call small, and no more, for they wait in nobody's queue.
 *
 * <p>Threading: the relay's own.
 */
final class Batch {
    private static final int MOST_MESSAGES = 64;
    /** A batch is full when it holds that much, be it one message. */
    private static final long MOST_BYTES = 64 * 1024;

    private final @Nullable Message[] messages = new Message[MOST_MESSAGES];
    private int first;
    private int end;
    private long bytes;
    private long passedOn;
    private long passedOnBytes;

    /** How many messages have left a batch from the front so far. */
    long passedOn() {
        return passedOn;
    }

    /** How many bytes their frames had. */
    long passedOnBytes() {
        return passedOnBytes;
    }

    boolean isEmpty() {
        return first == end;
    }

    boolean isFull() {
        return end == MOST_MESSAGES || bytes >= MOST_BYTES;
    }

    void add(Message message) {
        messages[end++] = message;
        bytes += message.totalSize();
    }

    /** The first message, or null. */
    @Nullable
    Message first() {
        return isEmpty() ? null : messages[first];
    }

    /** The last message, which is taken out, or null. */
    @Nullable
    Message takeLast() {
        if (isEmpty()) {
            return null;
        }
        var last = messages[--end];
        messages[end] = null;
        clearIfEmpty();
        return last;
    }

    /** The first message, of which there must be one, has been passed on. */
    void dropFirst() {
        passedOn++;
        passedOnBytes += Objects.requireNonNull(messages[first]).totalSize();
        messages[first++] = null;
        clearIfEmpty();
    }

    void forEach(Consumer<? super Message> action) {
        for (var i = first; i < end; i++) {
            action.accept(Objects.requireNonNull(messages[i]));
        }
    }

    private void clearIfEmpty() {
        if (isEmpty()) {
            first = 0;
            end = 0;
            bytes = 0;
        }
    }
}
