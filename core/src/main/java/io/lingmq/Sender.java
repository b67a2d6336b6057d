package io.lingmq;

import io.lingmq.message.Frames;
import io.lingmq.message.Message;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A socket that can send.
 *
 * <p>What is sent is a {@link Message}, or a {@link io.lingmq.message.MessageBuffer} where no garbage is wanted. A
 * buffer is its owner's again as soon as the call returns, whatever came of it. Over {@code tcp} and {@code ipc}, PUSH,
 * PUB, XPUB, PAIR and DEALER allocate nothing to send one; the other types make a message of it, and so does
 * {@code inproc}.
 *
 * <p>Threading: every method may be called from any thread at any time. The messages of one thread to one peer keep
 * their order as long as one connection stands. After a reconnect those that follow may overtake what the peer has
 * received, or is still receiving, over the connection before; messages to several peers have no order.
 */
public interface Sender {
    /**
     * Sends a message, waiting while the socket's rules ask for it: no peer yet, or all peers full.
     *
     * @throws InterruptedException if the thread is interrupted while it waits; nothing was sent, the socket stays
     *     usable
     * @throws io.lingmq.error.ClosedException if the socket is closed, also while this call waits
     * @throws io.lingmq.error.TimedOutException if {@code SEND_TIMEOUT} is set and passes
     * @throws IllegalArgumentException if a buffer without a frame is to be sent
     * @throws NullPointerException if there is no message, here and in all other methods
     * @throws io.lingmq.error.SocketStateException if a REQ or REP has to receive first
     * @throws io.lingmq.error.UnroutableException if a ROUTER with {@code ROUTER_MANDATORY} has no peer of that id
     * @throws io.lingmq.error.NotSupportedException if the type of an {@link AnySocket} only receives
     */
    void send(Frames message) throws InterruptedException;

    /**
     * Sends a message, waiting at most the given time.
     *
     * @return false if the time passed and nothing was sent
     * @throws InterruptedException if the thread is interrupted while it waits; nothing was sent
     * @throws io.lingmq.error.ClosedException if the socket is closed, also while this call waits
     * @throws io.lingmq.error.SocketStateException if a REQ or REP has to receive first
     * @throws io.lingmq.error.UnroutableException if a ROUTER with {@code ROUTER_MANDATORY} has no peer of that id
     * @throws io.lingmq.error.NotSupportedException if the type of an {@link AnySocket} only receives
     * @throws IllegalArgumentException if a buffer without a frame is to be sent
     * @throws NullPointerException if there is no message or no timeout
     */
    boolean send(Frames message, Duration timeout) throws InterruptedException;

    /**
     * Sends a message if that is possible without waiting; false if not.
     *
     * @throws io.lingmq.error.ClosedException if the socket is closed
     * @throws io.lingmq.error.SocketStateException if a REQ or REP has to receive first
     * @throws io.lingmq.error.UnroutableException if a ROUTER with {@code ROUTER_MANDATORY} has no peer of that id
     * @throws io.lingmq.error.NotSupportedException if the type of an {@link AnySocket} only receives
     * @throws IllegalArgumentException if a buffer without a frame is to be sent
     * @throws NullPointerException if there is no message
     */
    boolean trySend(Frames message);

    /**
     * Sends a message as soon as it is possible; completes when the socket has taken it.
     *
     * <p>To end the future from outside, by {@code cancel}, {@code complete}, {@code orTimeout} and the like, withdraws
     * the message: then it was not and will not be sent, and what {@code cancel} returns is the truth. Messages leave
     * in the order of the calls; those of a ROUTER to one peer do, and do not wait for those to another.
     *
     * <p>The future completes where those of {@link Receiver#receiveAsync()} do; see there what code that depends on it
     * may do.
     *
     * @throws NullPointerException if there is no message
     */
    CompletableFuture<Void> sendAsync(Message message);

    /**
     * As {@link #sendAsync(Message)}, within a time: completes with true when the socket has taken the message, with
     * false if the time passed and it was not and will not be sent, as {@link #send(Frames, Duration)} returns it. A
     * time of zero or less asks once.
     */
    CompletableFuture<Boolean> sendAsync(Message message, Duration timeout);

    /**
     * Sends a message of one frame, a copy of the given bytes; otherwise as {@link #send(Frames)}.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    default void send(byte[] body) throws InterruptedException {
        send(Message.of(body));
    }

    /**
     * Sends a message of one frame, the text in UTF-8; otherwise as {@link #send(Frames)}.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    default void send(String text) throws InterruptedException {
        send(Message.of(text));
    }

    /**
     * Sends a message with a frame for each text, in UTF-8; otherwise as {@link #send(Frames)}.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    default void send(String first, String... others) throws InterruptedException {
        send(Message.of(first, others));
    }
}
