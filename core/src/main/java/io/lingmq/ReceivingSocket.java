package io.lingmq;

import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.socket.SocketCore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A socket that receives; whether it sends too is for the classes below to say. */
abstract sealed class ReceivingSocket extends Socket implements Receiver permits PullSocket, SubSocket, TwoWaySocket {
    ReceivingSocket(SocketCore core) {
        super(core);
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.lingmq.error.ClosedException {@inheritDoc}
     * @throws io.lingmq.error.TimedOutException {@inheritDoc}
     * @throws io.lingmq.error.SocketStateException {@inheritDoc}
     * @throws io.lingmq.error.NotSupportedException {@inheritDoc}
     */
    @Override
    public final Message receive() throws InterruptedException {
        return core().receive();
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.lingmq.error.ClosedException {@inheritDoc}
     * @throws io.lingmq.error.SocketStateException {@inheritDoc}
     * @throws io.lingmq.error.NotSupportedException {@inheritDoc}
     * @throws NullPointerException {@inheritDoc}
     */
    @Override
    public final @Nullable Message receive(Duration timeout) throws InterruptedException {
        return core().receive(timeout);
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.lingmq.error.ClosedException {@inheritDoc}
     * @throws io.lingmq.error.SocketStateException {@inheritDoc}
     * @throws io.lingmq.error.NotSupportedException {@inheritDoc}
     */
    @Override
    public final @Nullable Message tryReceive() {
        return core().tryReceive();
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.lingmq.error.ClosedException {@inheritDoc}
     * @throws io.lingmq.error.TimedOutException {@inheritDoc}
     * @throws io.lingmq.error.SocketStateException {@inheritDoc}
     * @throws io.lingmq.error.NotSupportedException {@inheritDoc}
     * @throws NullPointerException {@inheritDoc}
     */
    @Override
    public final void receive(MessageBuffer into) throws InterruptedException {
        core().receive(into);
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.lingmq.error.ClosedException {@inheritDoc}
     * @throws io.lingmq.error.SocketStateException {@inheritDoc}
     * @throws io.lingmq.error.NotSupportedException {@inheritDoc}
     * @throws NullPointerException {@inheritDoc}
     */
    @Override
    public final boolean receive(MessageBuffer into, Duration timeout) throws InterruptedException {
        return core().receive(into, timeout);
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.lingmq.error.ClosedException {@inheritDoc}
     * @throws io.lingmq.error.SocketStateException {@inheritDoc}
     * @throws io.lingmq.error.NotSupportedException {@inheritDoc}
     * @throws NullPointerException {@inheritDoc}
     */
    @Override
    public final boolean tryReceive(MessageBuffer into) {
        return core().tryReceive(into);
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.lingmq.error.NotSupportedException {@inheritDoc}
     */
    @Override
    public final CompletableFuture<Message> receiveAsync() {
        return core().async().receive();
    }

    @Override
    public final CompletableFuture<@Nullable Message> receiveAsync(Duration timeout) {
        return core().async().receive(timeout);
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.lingmq.error.NotSupportedException {@inheritDoc}
     */
    @Override
    public final Flow.Publisher<Message> publisher() {
        return core().async().publisher();
    }

    @Override
    public final Flow.Publisher<Message> publisher(Executor executor) {
        return core().async().publisher(executor);
    }
}
