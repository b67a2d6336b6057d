package io.lingmq;

import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import io.lingmq.socket.SocketCore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A socket that only sends. */
abstract sealed class SendingSocket extends Socket implements Sender permits PushSocket, PubSocket {
    SendingSocket(SocketCore core) {
        super(core);
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.lingmq.error.ClosedException {@inheritDoc}
     * @throws io.lingmq.error.TimedOutException {@inheritDoc}
     * @throws IllegalArgumentException {@inheritDoc}
     * @throws NullPointerException {@inheritDoc}
     */
    @Override
    public final void send(Frames message) throws InterruptedException {
        core().send(message);
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.lingmq.error.ClosedException {@inheritDoc}
     * @throws IllegalArgumentException {@inheritDoc}
     * @throws NullPointerException {@inheritDoc}
     */
    @Override
    public final boolean send(Frames message, Duration timeout) throws InterruptedException {
        return core().send(message, timeout);
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.lingmq.error.ClosedException {@inheritDoc}
     * @throws IllegalArgumentException {@inheritDoc}
     * @throws NullPointerException {@inheritDoc}
     */
    @Override
    public final boolean trySend(Frames message) {
        return core().trySend(message);
    }

    /**
     * {@inheritDoc}
     *
     * @throws NullPointerException {@inheritDoc}
     */
    @Override
    public final CompletableFuture<Void> sendAsync(Message message) {
        return core().async().send(message);
    }

    @Override
    public final CompletableFuture<Boolean> sendAsync(Message message, Duration timeout) {
        return core().async().send(message, timeout);
    }
}
