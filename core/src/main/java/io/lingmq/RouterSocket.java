package io.lingmq;

import io.lingmq.message.Message;
import io.lingmq.socket.SocketCore;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * A socket that receives each message with its sender's routing id as first frame, and sends each message to the peer
 * that its first frame names.
 *
 * <pre>{@code
 * var request = router.receive();
 * router.reply(request, Message.of("hello " + request.body().text()));
 * }</pre>
 *
 * <p><b>What stands in front of a body</b> depends on the peer. A DEALER's message comes as it was sent, behind the
 * routing id. A REQ puts an empty frame before its request, and one with {@code REQ_CORRELATE} a request id of four
 * bytes before that; it takes only a reply that begins with the same frames. {@link Message#body} leaves all of it out
 * and {@link #reply reply} keeps it; to count frames by hand works until a peer sets an option:
 *
 * <pre>
 * DEALER               routing id | body
 * REQ                  routing id | empty | body
 * REQ, REQ_CORRELATE   routing id | request id | empty | body
 * </pre>
 *
 * <p><b>Without the peer</b>, or while as much waits for it as its high-water mark allows, a message is dropped without
 * a word to the caller, who is told that it was sent; {@link #statistics} count it as {@code NO_ROUTE} or
 * {@code PEER_FULL}. With {@code ROUTER_MANDATORY} the first is an {@link io.lingmq.error.UnroutableException}, and the
 * second makes the sender wait.
 *
 * <p>Source: RFC 28/REQREP.
 */
public final class RouterSocket extends AddressedSocket {
    RouterSocket(SocketCore core) {
        super(core);
    }

    /**
     * Sends the {@linkplain Message#reply reply} to a request that this socket has received: the body behind the
     * request's envelope. Any number of requests may be open, and be answered in any order.
     *
     * @throws InterruptedException if the thread is interrupted while it waits; nothing was sent
     * @throws io.lingmq.error.UnroutableException if who asked is gone, with {@code ROUTER_MANDATORY}; here and in the
     *     other methods, of which {@code replyAsync} tells it by its future
     * @throws IllegalStateException if the request has one frame only, and so was not received by a ROUTER; likewise
     * @throws NullPointerException if the request, the body or the timeout is null; likewise
     */
    public void reply(Message request, Message body) throws InterruptedException {
        send(answer(request, body));
    }

    /**
     * As {@link #reply(Message, Message)}, waiting at most the given time.
     *
     * @return false if the time passed and nothing was sent
     * @throws InterruptedException if the thread is interrupted while it waits; nothing was sent
     */
    public boolean reply(Message request, Message body, Duration timeout) throws InterruptedException {
        return send(answer(request, body), timeout);
    }

    /** As {@link #reply(Message, Message)} if that is possible without waiting; false if not. */
    public boolean tryReply(Message request, Message body) {
        return trySend(answer(request, body));
    }

    /** As {@link #reply(Message, Message)}, as soon as it is possible; otherwise as {@link #sendAsync}. */
    public CompletableFuture<Void> replyAsync(Message request, Message body) {
        return sendAsync(answer(request, body));
    }

    private static Message answer(Message request, Message body) {
        return Objects.requireNonNull(request, "the request is null")
                .reply(Objects.requireNonNull(body, "the body is null"));
    }
}
