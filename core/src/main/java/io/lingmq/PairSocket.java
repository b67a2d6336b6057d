package io.lingmq;

import io.lingmq.socket.SocketCore;

/**
 * A socket that talks to exactly one peer, both ways.
 *
 * <p>Source: RFC 31/EXPAIR.
 */
public final class PairSocket extends TwoWaySocket {
    PairSocket(SocketCore core) {
        super(core);
    }
}
