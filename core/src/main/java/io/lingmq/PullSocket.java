package io.lingmq;

import io.lingmq.socket.SocketCore;

/**
 * A socket that receives from all its PUSH peers, from each in turn.
 *
 * <p>Source: RFC 30/PIPELINE.
 */
public final class PullSocket extends ReceivingSocket {
    PullSocket(SocketCore core) {
        super(core);
    }
}
