package io.lingmq.session;

import io.lingmq.engine.PeerInfo;
import io.lingmq.pipe.WirePipe;

/** The connector or listener that a connection belongs to. Called on the connection's I/O thread. */
interface ConnectionOwner {
    /** The endpoint that events are reported under. */
    String endpoint();

    /** The handshake is complete: the pipe that the connection is to have. */
    WirePipe pipeFor(Connection connection, PeerInfo peer);

    /** The connection is over. */
    void ended(Connection connection, CloseReason closeReason);
}
