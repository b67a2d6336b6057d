package io.lingmq.cli.demo;

import io.lingmq.cli.shell.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The endpoints of the walk-through: its own well-known ones, or free ones in their stead. */
final class Places {
    /**
     * One endpoint as both sides write it.
     *
     * @param bind for the side that binds
     * @param connect for the side that connects
     */
    record Place(String bind, String connect) {}

    private final boolean wellKnown;
    private final Map<Integer, Integer> freePorts = new HashMap<>();

    private Places(boolean wellKnown) {
        this.wellKnown = wellKnown;
    }

    /** The ports and paths that the walk-through names; another program may be using them. */
    static Places wellKnown() {
        return new Places(true);
    }

    /** Ports that nobody uses at this moment, on the loopback interface only. */
    static Places free() {
        return new Places(false);
    }

    Place tcp(int port) {
        if (wellKnown) {
            return new Place("tcp://*:" + port, "tcp://localhost:" + port);
        }
        var endpoint = "tcp://127.0.0.1:" + freePorts.computeIfAbsent(port, any -> freePort());
        return new Place(endpoint, endpoint);
    }

    Place ipc(String name) {
        var endpoint =
                "ipc://" + (wellKnown ? Path.of("/tmp", name) : freeFolder().resolve(name));
        return new Place(endpoint, endpoint);
    }

    private static int freePort() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw CommandFailure.failed("there is no free port: " + e.getMessage());
        }
    }

    private static Path freeFolder() {
        try {
            var folder = Files.createTempDirectory("ling-demo");
            folder.toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw CommandFailure.failed("no folder can be made for the ipc endpoint: " + e.getMessage());
        }
    }
}
