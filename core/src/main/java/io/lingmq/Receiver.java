package io.lingmq;

import io.lingmq.message.Message;
import io.lingmq.message.MessageBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A socket that can receive.
 *
 * <p>A message is received as a {@link Message} of its own, or into a {@link MessageBuffer} where no garbage is wanted.
 * The buffer then holds the whole message, in place of what it held before, or nothing if none came. Over {@code tcp}
 * and {@code ipc}, PULL, SUB, XSUB, PAIR and DEALER allocate nothing to fill one; the other types copy it from an
 * ordinary message.
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

    /** As {@link #receive()}, into a buffer. */
    void receive(MessageBuffer into) throws InterruptedException;

    /**
     * As {@link #receive(Duration)}, into a buffer.
     *
     * @return false if the time passed
     */
    boolean receive(MessageBuffer into, Duration timeout) throws InterruptedException;

    /** Receives the next message into a buffer if there is one; false if not. */
    boolean tryReceive(MessageBuffer into);

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
