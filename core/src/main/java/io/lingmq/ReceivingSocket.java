package io.lingmq;

import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import io.lingmq.socket.SocketCore;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A socket that receives; whether it sends too is for the classes below to say. */
abstract sealed class ReceivingSocket extends Socket implements Receiver permits PullSocket, SubSocket, TwoWaySocket {
    ReceivingSocket(SocketCore core) {
        super(core);
    }

    @Override
    public final Message receive() throws InterruptedException {
        return core().receive();
    }

    @Override
    public final @Nullable Message receive(Duration timeout) throws InterruptedException {
        return core().receive(timeout);
    }

    @Override
    public final @Nullable Message tryReceive() {
        return core().tryReceive();
    }

    @Override
    public final void receive(MessageBuffer into) throws InterruptedException {
        core().receive(into);
    }

    @Override
    public final boolean receive(MessageBuffer into, Duration timeout) throws InterruptedException {
        return core().receive(into, timeout);
    }

    @Override
    public final boolean tryReceive(MessageBuffer into) {
        return core().tryReceive(into);
    }

    @Override
    public final CompletableFuture<Message> receiveAsync() {
        return core().receiveAsync();
    }

    @Override
    public final Flow.Publisher<Message> publisher() {
        return core().publisher();
    }
}
