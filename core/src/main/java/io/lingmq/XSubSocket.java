package io.lingmq;

import io.lingmq.socket.SocketCore;

/**
 * A subscriber that receives all that its publishers send it, and may also send: a message that begins with the octet 1
 * subscribes, with 0 cancels, any other goes to the publishers.
 *
 * <p>Source: RFC 29/PUBSUB.
 */
public final class XSubSocket extends SubscribingSocket {
    XSubSocket(SocketCore core) {
        super(core);
    }
}
