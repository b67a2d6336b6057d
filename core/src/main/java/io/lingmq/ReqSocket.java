package io.lingmq;

import io.lingmq.error.SocketStateException;
import io.lingmq.error.TimedOutException;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.socket.SocketCore;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A socket that sends a request, then receives its reply, and so on: send, receive, send, receive.
 *
 * <p>Threading: any thread may call {@code request}; the calls take turns, in the order in which they came, and each
 * returns the reply to its own request or throws. That holds among calls of {@code request} alone: a plain
 * {@code receive}, {@code receiveAsync} or subscriber of the same socket may take the reply that a request waits for,
 * and with {@code REQ_RELAXED} a plain {@code send} gives its request up.
 *
 * <p>A request that was not answered in time, or whose thread was interrupted, leaves the socket waiting for the reply.
 * The next one is then refused with {@link SocketStateException}, unless {@code REQ_RELAXED} is set: then the old
 * request is given up and its reply, should it still come, dropped. Without {@code REQ_CORRELATE} that reply could not
 * be told from the new one, so {@code request} wants both options for this.
 *
 * <p>Source: RFC 28/REQREP.
 */
public final class ReqSocket extends TwoWaySocket {
    /** Who has it may send and then receive. It is fair, and who waits for it can give up. */
    private final Semaphore turn = new Semaphore(1, true);

    ReqSocket(SocketCore core) {
        super(core);
    }

    /**
     * Sends a request and waits for its reply.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     * @throws TimedOutException if {@code SEND_TIMEOUT} passes before the request is sent, also while others have their
     *     turn, or then {@code RECEIVE_TIMEOUT} before the reply comes
     * @throws SocketStateException if the socket still waits for the reply to an earlier request; see above
     * @throws io.lingmq.error.ClosedException if the socket is closed, also while this call waits
     */
    public Message request(Message request) throws InterruptedException {
        Objects.requireNonNull(request, "the request is null");
        var patience = get(Options.SEND_TIMEOUT);
        var beginNs = System.nanoTime();
        if (!turn.tryAcquire(Settings.nanos(patience), TimeUnit.NANOSECONDS)) {
            throw new TimedOutException("other requests of this socket were under way for all of SEND_TIMEOUT, "
                    + Options.SEND_TIMEOUT.format(patience));
        }
        try {
            ensureReplyCanBeTold();
            if (!send(request, left(patience, beginNs))) {
                throw new TimedOutException(
                        "the request could not be sent within SEND_TIMEOUT, " + Options.SEND_TIMEOUT.format(patience));
            }
            return receive();
        } finally {
            turn.release();
        }
    }

    /**
     * Sends a request of one frame, the text in UTF-8, and waits for its reply; see {@link #request(Message)}.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public Message request(String request) throws InterruptedException {
        return request(Message.of(request));
    }

    /**
     * Sends a request and waits for its reply, at most the given time for both and for the requests before it.
     *
     * <p>After a null the socket still waits for the reply if the request was sent; see above.
     *
     * @return null if the time passed
     * @throws InterruptedException if the thread is interrupted while it waits
     * @throws SocketStateException if the socket still waits for the reply to an earlier request; see above
     * @throws io.lingmq.error.ClosedException if the socket is closed, also while this call waits
     */
    public @Nullable Message request(Message request, Duration timeout) throws InterruptedException {
        Objects.requireNonNull(request, "the request is null");
        Objects.requireNonNull(timeout, "the timeout is null");
        var beginNs = System.nanoTime();
        if (!turn.tryAcquire(Settings.nanos(timeout), TimeUnit.NANOSECONDS)) {
            return null;
        }
        try {
            ensureReplyCanBeTold();
            return send(request, left(timeout, beginNs)) ? receive(left(timeout, beginNs)) : null;
        } finally {
            turn.release();
        }
    }

    private static Duration left(Duration timeout, long beginNs) {
        return timeout.minusNanos(System.nanoTime() - beginNs);
    }

    /** An earlier request without an answer is given up only if its reply can be told from the new one. */
    private void ensureReplyCanBeTold() {
        if (get(Options.REQ_RELAXED) && !get(Options.REQ_CORRELATE) && core().awaitsReply()) {
            throw new SocketStateException(
                    "the reply to an earlier request may still come, or lies unread, and could"
                            + " be taken for the one to this request: set REQ_CORRELATE beside REQ_RELAXED, or receive that reply first");
        }
    }
}
