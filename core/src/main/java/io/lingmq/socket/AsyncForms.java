package io.lingmq.socket;

import io.lingmq.error.NotSupportedException;
import io.lingmq.message.Message;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.pattern.Pattern;
import io.lingmq.routing.Drops;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** What a socket offers to who does not wait: futures and a stream. Threading: every method from any thread. */
public final class AsyncForms {
    private final SocketType type;
    private final Callbacks callbacks;
    private final AsyncCalls calls;
    private final MessageStreams streams;

    AsyncForms(SocketCore socket, Pattern pattern, Drops drops, Callbacks callbacks) {
        type = socket.type();
        this.callbacks = callbacks;
        calls = new AsyncCalls(socket, pattern, callbacks, new Abandoned(type, drops));
        streams = new MessageStreams(socket);
    }

    /** Receives a message as soon as there is one. */
    public CompletableFuture<Message> receive() {
        ensureReceives();
        return calls.receive();
    }

    /** As above, with null for a message if none comes within the given time. */
    public CompletableFuture<@Nullable Message> receive(Duration timeout) {
        Objects.requireNonNull(timeout, "the timeout is null");
        ensureReceives();
        return calls.receive(Settings.nanos(timeout));
    }

    /** Sends a message as soon as the pattern takes it. */
    public CompletableFuture<Void> send(Message message) {
        Objects.requireNonNull(message, "the message is null");
        return calls.send(message);
    }

    /** As above, with false if that is not possible within the given time. */
    public CompletableFuture<Boolean> send(Message message, Duration timeout) {
        Objects.requireNonNull(message, "the message is null");
        Objects.requireNonNull(timeout, "the timeout is null");
        return calls.send(message, Settings.nanos(timeout));
    }

    /** The messages as a stream. */
    public Flow.Publisher<Message> publisher() {
        ensureReceives();
        return streams.publisher(callbacks.executor());
    }

    /** The messages as a stream whose subscriber is called on the given executor. */
    public Flow.Publisher<Message> publisher(Executor executor) {
        Objects.requireNonNull(executor, "the executor is null");
        ensureReceives();
        return streams.publisher(callbacks.on(executor).executor());
    }

    /** The executor that the application gave to the context, or null. */
    public @Nullable Executor givenExecutor() {
        return callbacks.given();
    }

    private void ensureReceives() {
        if (!type.receives()) {
            throw new NotSupportedException(
                    "a " + type + " socket only sends; receive on the peer's socket type instead");
        }
    }
}
