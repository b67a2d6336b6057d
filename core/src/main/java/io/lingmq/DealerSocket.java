package io.lingmq;

import io.lingmq.socket.SocketCore;

/**
 * A socket that sends to its peers in turn and receives from all of them. To talk to REP peers, send an empty frame
 * first.
 *
 * <p>Source: RFC 28/REQREP.
 */
public final class DealerSocket extends TwoWaySocket {
    DealerSocket(SocketCore core) {
        super(core);
    }
}
