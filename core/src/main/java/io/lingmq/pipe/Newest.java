package io.lingmq.pipe;

import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The place for one message in a pipe that conflates: a new one drives out the one before.
 *
 * <p>Threading: any thread. Source: libzmq's {@code ZMQ_CONFLATE}.
 */
final class Newest {
    private final AtomicReference<@Nullable Message> place = new AtomicReference<>();

    void put(Message message) {
        place.set(message);
    }

    boolean isThere() {
        return place.get() != null;
    }

    /** 1 if there is a message, else 0. */
    int count() {
        return isThere() ? 1 : 0;
    }

    /** How large the message is, if there is one. */
    long octets() {
        var message = place.get();
        return message == null ? 0 : message.totalSize();
    }

    /** Takes the message, or null. */
    @Nullable
    Message take() {
        return place.getAndSet(null);
    }

    /** Takes the message into a buffer, in place of what that holds; false if there is none. */
    boolean take(MessageBuffer into) {
        var message = take();
        if (message == null) {
            return false;
        }
        into.clear().addAll(message);
        return true;
    }
}
