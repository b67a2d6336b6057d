package io.lingmq.socket;

import io.lingmq.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A send that waits until the socket can take its message.
 *
 * @param <T> what tells whether it did in time
 */
final class AsyncSend<T> extends AsyncCall<T> {
    private final SocketCore socket;
    private final Message message;
    private final Object lane;
    private final @Nullable T whenSent;
    private final @Nullable T whenLate;

    private AsyncSend(
            SocketCore socket,
            Message message,
            Object lane,
            @Nullable T whenSent,
            @Nullable T whenLate,
            Runnable onWithdrawn) {
        super(onWithdrawn);
        this.socket = socket;
        this.message = message;
        this.lane = lane;
        this.whenSent = whenSent;
        this.whenLate = whenLate;
    }

    /** One that waits for ever. */
    static AsyncSend<Void> endless(SocketCore socket, Message message, Object lane, Runnable onWithdrawn) {
        return new AsyncSend<>(socket, message, lane, null, null, onWithdrawn);
    }

    /** One that tells whether it was sent in time. */
    static AsyncSend<Boolean> timed(SocketCore socket, Message message, Object lane, Runnable onWithdrawn) {
        return new AsyncSend<>(socket, message, lane, true, false, onWithdrawn);
    }

    /** Those of an equal lane are served in the order of the calls. */
    Object lane() {
        return lane;
    }

    @Override
    boolean attempt() {
        return socket.trySend(message);
    }

    @Override
    void succeed() {
        completeWith(whenSent);
    }

    @Override
    void expire() {
        completeWith(whenLate);
    }
}
