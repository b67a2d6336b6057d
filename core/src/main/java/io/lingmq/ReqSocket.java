package io.lingmq;

import io.lingmq.message.Message;
import io.lingmq.socket.SocketCore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A socket that sends a request, then receives its reply, and so on: send, receive, send, receive.
 *
 * <p>Source: RFC 28/REQREP.
 */
public final class ReqSocket extends TwoWaySocket {
    ReqSocket(SocketCore core) {
        super(core);
    }

    /**
     * Sends a request and waits for its reply.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public Message request(Message request) throws InterruptedException {
        send(request);
        return receive();
    }

    /** Sends a request of one frame, the text in UTF-8, and waits for its reply. */
    public Message request(String request) throws InterruptedException {
        return request(Message.of(request));
    }

    /**
     * Sends a request and waits for its reply, at most the given time for both.
     *
     * <p>After a null the socket still waits for the reply, unless {@code REQ_RELAXED} is set.
     *
     * @return null if the time passed
     */
    public @Nullable Message request(Message request, Duration timeout) throws InterruptedException {
        var begin = System.nanoTime();
        if (!send(request, timeout)) {
            return null;
        }
        return receive(timeout.minusNanos(System.nanoTime() - begin));
    }
}
