package io.lingmq.socket;

import io.lingmq.error.SocketStateException;
import io.lingmq.message.Message;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one socket, one at a time. Each message goes to one receiver, so two subscribers would get half of the
 * messages each, which nobody who subscribes twice expects: the second one is refused.
 *
 * <p>Threading: any thread.
 */
final class MessageStreams {
    private final SocketCore socket;
    private final AtomicReference<@Nullable MessageStream> open = new AtomicReference<>();

    MessageStreams(SocketCore socket) {
        this.socket = socket;
    }

    /** The socket's messages for one subscriber, who is called on the executor. */
    Flow.Publisher<Message> publisher(Executor executor) {
        return subscriber -> subscribe(subscriber, executor);
    }

    private void subscribe(Flow.Subscriber<? super Message> subscriber, Executor executor) {
        Objects.requireNonNull(subscriber, "the subscriber is null");
        var stream = new MessageStream(socket, executor, subscriber, this::ended);
        if (open.compareAndSet(null, stream)) {
            stream.start();
        } else {
            stream.refuse(
                    new SocketStateException("this " + socket.type() + " socket has a subscriber already, and each"
                            + " message goes to one: cancel that subscription first, or put a java.util.concurrent"
                            + ".SubmissionPublisher between to share its messages"));
        }
    }

    private void ended(MessageStream stream) {
        open.compareAndSet(stream, null);
    }
}
