package io.lingmq.bench.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Endpoints that nobody uses yet.
 *
 * @param folder for the sockets of ipc
 */
public record Endpoints(Path folder) {
    /** An endpoint of the given transport, {@code tcp} or {@code ipc}. */
    public String fresh(String transport) {
        try {
            return transport.equals("ipc") ? ipc() : tcp();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String tcp() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "tcp://127.0.0.1:" + probe.getLocalPort();
        }
    }

    private String ipc() throws IOException {
        var path = Files.createTempFile(folder, "s", ".ipc");
        Files.delete(path);
        return "ipc://" + path;
    }
}
