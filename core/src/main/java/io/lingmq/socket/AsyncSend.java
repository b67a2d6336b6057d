package io.lingmq.socket;

import io.lingmq.message.Message;

/** A send that waits until the socket can take its message. */
final class AsyncSend extends AsyncCall<Void> {
    private final SocketCore socket;
    private final Message message;
    private final Object lane;

    AsyncSend(SocketCore socket, Message message, Object lane, Runnable onWithdrawn) {
        super(onWithdrawn);
        this.socket = socket;
        this.message = message;
        this.lane = lane;
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
        completeWith(null);
    }
}
