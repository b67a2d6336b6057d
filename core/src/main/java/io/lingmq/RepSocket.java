package io.lingmq;

import io.lingmq.socket.SocketCore;

/**
 * A socket that receives a request, then sends its reply, and so on: receive, send, receive, send.
 *
 * <p>Source: RFC 28/REQREP.
 */
public final class RepSocket extends TwoWaySocket {
    RepSocket(SocketCore core) {
        super(core);
    }
}
