package io.lingmq.socket;

import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.WirePipe;
import io.lingmq.support.ConnectionRecorder;
import java.time.Duration;

/** Sockets whose peer is at the other end of a wire, as far as they can tell. */
final class Wired {
    private Wired() {}

    /** Gives a socket a peer; what is asked of the connection is noted. Closing does not wait for it. */
    static ConnectionRecorder toPeer(SocketCore socket) {
        return toPeer(socket, socket.pipes().newPipe(Settings.defaults()));
    }

    /** As {@link #toPeer(SocketCore)}, through the given pipe. */
    static ConnectionRecorder toPeer(SocketCore socket, WirePipe pipe) {
        socket.set(Options.LINGER, Duration.ZERO);
        var connection = new ConnectionRecorder();
        socket.pipes().attach(pipe);
        pipe.connectionIs(connection);
        return connection;
    }
}
