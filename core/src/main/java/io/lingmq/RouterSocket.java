package io.lingmq;

import io.lingmq.message.Message;
import io.lingmq.socket.SocketCore;
import java.util.Objects;

/**
 * A socket that receives each message with its sender's routing id as first frame, and sends each message to the peer
 * that its first frame names.
 *
 * <p>Source: RFC 28/REQREP.
 */
public final class RouterSocket extends TwoWaySocket {
    RouterSocket(SocketCore core) {
        super(core);
    }

    /**
     * Sends a message to the peer with the given routing id; otherwise as {@link #send(io.lingmq.message.Frames)}.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void sendTo(byte[] routingId, Message body) throws InterruptedException {
        Objects.requireNonNull(routingId, "the routing id is null");
        Objects.requireNonNull(body, "the message is null");
        send(body.withFirst(routingId));
    }
}
