package io.lingmq.interop;

import io.lingmq.testkit.Await;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;

/** The ports that the walk-through uses. They are fixed, so whoever else uses one has to finish first. */
final class SeedPorts {
    /** Where clients reach the server or the broker. */
    static final int FRONTEND = 5559;
    /** Where workers reach the broker. */
    static final int BACKEND = 5560;
    /** The server on TCP and a Unix socket at once. */
    static final int BOTH = 5556;
    /** The pipeline. */
    static final int PIPELINE = 5558;
    /** The publisher. */
    static final int PUBLISHER = 5563;
    /** A publisher that is not there. */
    static final int ABSENT_PUBLISHER = 5564;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private SeedPorts() {}

    /** Waits until nobody listens on the ports. */
    static void awaitFree(int... ports) {
        for (var port : ports) {
            Await.until("port " + port + " is free", PATIENCE, () -> isFree(port));
        }
    }

    private static boolean isFree(int port) {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Where to bind. */
    static String all(int port) {
        return "tcp://*:" + port;
    }

    /** Where to connect to. */
    static String local(int port) {
        return "tcp://localhost:" + port;
    }
}
