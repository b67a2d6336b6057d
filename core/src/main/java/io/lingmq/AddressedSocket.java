package io.lingmq;

import io.lingmq.message.Message;
import io.lingmq.socket.SocketCore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * A socket that says for each message which peer is to get it, by that peer's routing id. Here the id stands beside the
 * message; {@link #send(io.lingmq.message.Frames) send} and its like want it as the first frame.
 *
 * <p>A routing id has 1 to 255 bytes. One that is given as text is that text in UTF-8, as a peer that has set
 * {@code ROUTING_ID} to it. What happens without such a peer, or while its queue is full, the type of the socket says.
 *
 * <p>Threading: every method may be called from any thread at any time.
 */
public abstract sealed class AddressedSocket extends TwoWaySocket permits RouterSocket, StreamSocket {
    AddressedSocket(SocketCore core) {
        super(core);
    }

    /**
     * Sends a message to the peer with this routing id; otherwise as {@link #send(io.lingmq.message.Frames)}.
     *
     * @throws InterruptedException if the thread is interrupted while it waits; nothing was sent
     * @throws io.lingmq.error.UnroutableException if there is no such peer, where the type of the socket makes that an
     *     error, here and in all other methods; {@code sendToAsync} tells it by its future
     * @throws io.lingmq.error.LingException if the routing id is empty or longer than 255 bytes, likewise
     * @throws NullPointerException if the routing id, the message or the timeout is null, here and in all other methods
     */
    public final void sendTo(byte[] routingId, Message message) throws InterruptedException {
        send(addressed(routingId, message));
    }

    /**
     * As {@link #sendTo(byte[], Message)}, with the routing id as text.
     *
     * @throws InterruptedException if the thread is interrupted while it waits; nothing was sent
     */
    public final void sendTo(String routingId, Message message) throws InterruptedException {
        sendTo(octets(routingId), message);
    }

    /**
     * Sends a message to the peer with this routing id, waiting at most the given time.
     *
     * @return false if the time passed and nothing was sent
     * @throws InterruptedException if the thread is interrupted while it waits; nothing was sent
     */
    public final boolean sendTo(byte[] routingId, Message message, Duration timeout) throws InterruptedException {
        return send(addressed(routingId, message), timeout);
    }

    /**
     * As {@link #sendTo(byte[], Message, Duration)}, with the routing id as text.
     *
     * @return false if the time passed and nothing was sent
     * @throws InterruptedException if the thread is interrupted while it waits; nothing was sent
     */
    public final boolean sendTo(String routingId, Message message, Duration timeout) throws InterruptedException {
        return sendTo(octets(routingId), message, timeout);
    }

    /** Sends a message to the peer with this routing id if that is possible without waiting; false if not. */
    public final boolean trySendTo(byte[] routingId, Message message) {
        return trySend(addressed(routingId, message));
    }

    /** As {@link #trySendTo(byte[], Message)}, with the routing id as text. */
    public final boolean trySendTo(String routingId, Message message) {
        return trySendTo(octets(routingId), message);
    }

    /**
     * Sends a message to the peer with this routing id as soon as it is possible; otherwise as {@link #sendAsync}.
     * Messages to one peer leave in the order of the calls, and do not wait for those to another.
     */
    public final CompletableFuture<Void> sendToAsync(byte[] routingId, Message message) {
        return sendAsync(addressed(routingId, message));
    }

    /** As {@link #sendToAsync(byte[], Message)}, with the routing id as text. */
    public final CompletableFuture<Void> sendToAsync(String routingId, Message message) {
        return sendToAsync(octets(routingId), message);
    }

    private static Message addressed(byte[] routingId, Message message) {
        Objects.requireNonNull(message, "the message is null");
        return message.withFirst(Objects.requireNonNull(routingId, "the routing id is null"));
    }

    static byte[] octets(String routingId) {
        return Objects.requireNonNull(routingId, "the routing id is null").getBytes(StandardCharsets.UTF_8);
    }
}
