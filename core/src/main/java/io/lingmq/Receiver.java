package io.lingmq;

import io.lingmq.message.Message;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A socket that can receive.
 *
 * <p>Threading: every method may be called from any thread at any time; each message goes to one caller.
 */
public interface Receiver {
    /**
     * Receives the next message, waiting until there is one.
     *
     * @throws InterruptedException if the thread is interrupted while it waits; no message is lost
     * @throws io.lingmq.error.ClosedException if the socket is closed, also while this call waits
     * @throws io.lingmq.error.TimedOutException if {@code RECEIVE_TIMEOUT} is set and passes
     */
    Message receive() throws InterruptedException;

    /**
     * Receives the next message, waiting at most the given time.
     *
     * @return null if the time passed
     * @throws InterruptedException if the thread is interrupted while it waits; no message is lost
     */
    @Nullable
    Message receive(Duration timeout) throws InterruptedException;

    /** Receives the next message if there is one, else null. */
    @Nullable
    Message tryReceive();

    /**
     * Receives a message as soon as there is one. The future completes on the common pool; cancelling it withdraws the
     * wish, and no message is lost.
     */
    CompletableFuture<Message> receiveAsync();

    /**
     * The socket's messages as a stream, for one subscriber at a time. Messages are taken from the socket only as the
     * subscriber asks for them, so its pace reaches back to the peers.
     */
    Flow.Publisher<Message> publisher();
}
