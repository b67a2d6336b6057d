package io.lingmq.testkit;

import io.lingmq.testkit.FaultProxy.Direction;
import java.io.IOException;
import java.net.Socket;
import java.util.function.Consumer;

/** One connection through a {@link FaultProxy}: two sockets and a thread for each direction. */
final class ProxiedLine {
    private static final int BUFFER_SIZE = 64 * 1024;

    private final Socket client;
    private final Socket server;
    private final Faults faults;
    private final Consumer<ProxiedLine> onEnd;

    ProxiedLine(Socket client, Socket server, Faults faults, Consumer<ProxiedLine> onEnd) {
        this.client = client;
        this.server = server;
        this.faults = faults;
        this.onEnd = onEnd;
    }

    void start() {
        FaultProxy.startDaemon("fault-proxy-up", () -> pump(client, server, Direction.FROM_CLIENT));
        FaultProxy.startDaemon("fault-proxy-down", () -> pump(server, client, Direction.FROM_SERVER));
    }

    private void pump(Socket from, Socket to, Direction direction) {
        var buffer = new byte[BUFFER_SIZE];
        try {
            int count;
            while ((count = from.getInputStream().read(buffer)) >= 0) {
                faults.holdBack();
                if (!pass(buffer, count, to, direction)) {
                    break;
                }
            }
        } catch (IOException e) {
            // One side has gone: the other one is to learn it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close();
        }
    }

    private boolean pass(byte[] buffer, int count, Socket to, Direction direction) throws IOException {
        for (var sent = 0; sent < count; ) {
            var piece = faults.allowed(direction, Math.min(count - sent, faults.pieceSize()));
            to.getOutputStream().write(buffer, sent, piece);
            faults.passed(direction, piece);
            sent += piece;
            if (faults.cutsNow(direction)) {
                return false;
            }
        }
        return true;
    }

    /** Ends the connection with a reset to either side. */
    void reset() {
        try {
            client.setSoLinger(true, 0);
            server.setSoLinger(true, 0);
        } catch (IOException e) {
            // It has ended by itself.
        }
        close();
    }

    void close() {
        FaultProxy.closeQuietly(client);
        FaultProxy.closeQuietly(server);
        onEnd.accept(this);
    }
}
