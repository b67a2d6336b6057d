package io.lingmq.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Endpoints that nobody uses yet, and what their texts stand for. */
public final class Endpoints {
    private static final AtomicLong LAST = new AtomicLong();
    private static final String TCP = "tcp://";
    private static final String IPC = "ipc://";

    private Endpoints() {}

    /** A TCP port that is free right now, on the loopback interface. */
    public static int freePort() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A {@code tcp://} endpoint with a port that is free right now. */
    public static String tcp() {
        return TCP + "127.0.0.1:" + freePort();
    }

    /** An {@code ipc://} endpoint with a path that does not exist, short enough for any system. */
    public static String ipc() {
        return IPC + Folder.OF_THIS_PROCESS.resolve(LAST.incrementAndGet() + ".ipc");
    }

    /** An {@code inproc://} endpoint with a name that was never given out before. */
    public static String inproc() {
        return "inproc://name-" + LAST.incrementAndGet();
    }

    /** The port of a {@code tcp://} endpoint. */
    public static int port(String endpoint) {
        return Integer.parseInt(endpoint.substring(endpoint.lastIndexOf(':') + 1));
    }

    /** The path of an {@code ipc://} endpoint. */
    public static Path path(String endpoint) {
        if (!endpoint.startsWith(IPC)) {
            throw new IllegalArgumentException("not an ipc endpoint: " + endpoint);
        }
        return Path.of(endpoint.substring(IPC.length()));
    }

    /** Where to connect to for a {@code tcp://} or {@code ipc://} endpoint. */
    public static SocketAddress address(String endpoint) {
        if (endpoint.startsWith(IPC)) {
            return UnixDomainSocketAddress.of(path(endpoint));
        }
        if (!endpoint.startsWith(TCP)) {
            throw new IllegalArgumentException("neither a tcp nor an ipc endpoint: " + endpoint);
        }
        var host = endpoint.substring(TCP.length(), endpoint.lastIndexOf(':'));
        return new InetSocketAddress(host.equals("*") ? "127.0.0.1" : host, port(endpoint));
    }

    /** Removes the file that an {@code ipc://} endpoint has left behind, if there is one. */
    public static void removeFile(String endpoint) {
        try {
            Files.deleteIfExists(path(endpoint));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** New, so that nothing that another process left behind is in the way; made when it is first needed. */
    private static final class Folder {
        static final Path OF_THIS_PROCESS = make();

        private static Path make() {
            try {
                var folder = Files.createTempDirectory("ling");
                folder.toFile().deleteOnExit();
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
