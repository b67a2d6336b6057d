package io.lingmq.socket;

import io.lingmq.message.Message;
import io.lingmq.pipe.Pipe;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a {@link Relay} takes from one socket at a time and passes to the other: as many as make the cost
 * of a call small, and no more, for they wait in nobody's queue. With each the batch notes which pipe it came from, so
 * that its socket can take it back.
 *
 * <p>Threading: the relay's own.
 */
final class Batch {
    private static final int MOST_MESSAGES = 64;
    /** A batch is full when it holds that much, be it one message. */
    private static final long MOST_BYTES = 64 * 1024;

    private final int most;
    private final @Nullable Message[] messages = new Message[MOST_MESSAGES];
    private final @Nullable Pipe[] sources = new Pipe[MOST_MESSAGES];
    private int first;
    private int end;
    private long bytes;
    private long passedOn;
    private long passedOnBytes;
    private long dropped;
    private long droppedBytes;

    private Batch(int most) {
        this.most = most;
    }

    /** A batch of many messages. */
    static Batch ofMany() {
        return new Batch(MOST_MESSAGES);
    }

    /** A batch of one message, for sockets that receive and send in turn. */
    static Batch ofOne() {
        return new Batch(1);
    }

    /** How many messages have been passed on so far. */
    long passedOn() {
        return passedOn;
    }

    /** How many bytes their frames had. */
    long passedOnBytes() {
        return passedOnBytes;
    }

    /** How many messages could not be passed on to anybody so far. */
    long dropped() {
        return dropped;
    }

    /** How many bytes their frames had. */
    long droppedBytes() {
        return droppedBytes;
    }

    boolean isEmpty() {
        return first == end;
    }

    boolean isFull() {
        return end == most || bytes >= MOST_BYTES;
    }

    /** How many messages it holds. */
    int size() {
        return end - first;
    }

    void add(Message message, @Nullable Pipe source) {
        messages[end] = message;
        sources[end++] = source;
        bytes += message.totalSize();
    }

    /** The first message, or null. */
    @Nullable
    Message first() {
        return isEmpty() ? null : messages[first];
    }

    /** The last message, or null. */
    @Nullable
    Message last() {
        return isEmpty() ? null : messages[end - 1];
    }

    /** Where the last message came from, as its socket told. */
    @Nullable
    Pipe lastSource() {
        return sources[end - 1];
    }

    /** The last message, of which there must be one, was given back. */
    void dropLast() {
        end--;
        messages[end] = null;
        sources[end] = null;
        clearIfEmpty();
    }

    /** The first message, of which there must be one, has been passed on. */
    void firstWasPassedOn() {
        passedOn++;
        passedOnBytes += removeFirst();
    }

    /** The first message, of which there must be one, can be passed on to nobody. */
    void dropFirst() {
        dropped++;
        droppedBytes += removeFirst();
    }

    /** Returns how many bytes it had. */
    private long removeFirst() {
        var size = Objects.requireNonNull(messages[first]).totalSize();
        messages[first] = null;
        sources[first++] = null;
        clearIfEmpty();
        return size;
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
