package io.lingmq;

import io.lingmq.socket.SocketCore;

/**
 * A socket that sends each message to all subscribers whose topics match its first frame. It never waits: a subscriber
 * that cannot keep up misses messages.
 *
 * <p>Source: RFC 29/PUBSUB.
 */
public final class PubSocket extends SendingSocket {
    PubSocket(SocketCore core) {
        super(core);
    }
}
