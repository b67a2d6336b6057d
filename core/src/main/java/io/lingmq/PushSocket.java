package io.lingmq;

import io.lingmq.socket.SocketCore;

/**
 * A socket that hands out messages to its PULL peers in turn.
 *
 * <p>Source: RFC 30/PIPELINE.
 */
public final class PushSocket extends SendingSocket {
    PushSocket(SocketCore core) {
        super(core);
    }
}
