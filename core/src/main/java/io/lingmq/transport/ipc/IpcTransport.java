package io.lingmq.transport.ipc;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.guard.Log;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.transport.BindFailure;
import io.lingmq.transport.ChannelTransport;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Unix domain sockets, {@code ipc://path}; {@code ipc://*} binds to a new path in a directory of its own.
 *
 * <p>Differs from libzmq: a socket file is replaced only if nobody answers on it, so a second bind cannot steal a live
 * endpoint; and the file is removed when the endpoint is closed. Names in Linux's abstract namespace ({@code @name})
 * are not to be had in Java.
 */
public final class IpcTransport implements ChannelTransport {
    private static final int LONGEST_PATH = 106;
    private static final String ANY = "*";

    @Override
    public String scheme() {
        return "ipc";
    }

    @Override
    public Listening listen(String address, Settings settings) {
        var endpoint = "ipc://" + address;
        try {
            var directory = address.equals(ANY) ? Files.createTempDirectory("lingmq-") : null;
            var path = directory == null ? path(address) : directory.resolve("socket");
            var channel = bindReplacingStale(path, settings);
            var identity = fileKey(path);
            return new Listening(channel, "ipc://" + path, () -> remove(path, identity, directory));
        } catch (IOException e) {
            throw BindFailure.of(endpoint, e);
        }
    }

    private static ServerSocketChannel bindReplacingStale(Path path, Settings settings) throws IOException {
        try {
            return bind(path, settings);
        } catch (BindException e) {
            if (!isStale(path)) {
                throw e;
            }
            Files.deleteIfExists(path);
            return bind(path, settings);
        }
    }

    private static ServerSocketChannel bind(Path path, Settings settings) throws IOException {
        var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.configureBlocking(false);
            channel.bind(UnixDomainSocketAddress.of(path), settings.get(Options.BACKLOG));
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Whether the file is a socket that nobody listens on. */
    private static boolean isStale(Path path) throws IOException {
        if (!Files.exists(path)
                || !Files.readAttributes(path, BasicFileAttributes.class).isOther()) {
            return false;
        }
        try (var probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(path));
            return false;
        } catch (IOException refused) {
            return String.valueOf(refused.getMessage()).contains("refused");
        }
    }

    private static @Nullable Object fileKey(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /** Removes our socket file, unless somebody has put another one in its place. */
    private static void remove(Path path, @Nullable Object identity, @Nullable Path directory) {
        try {
            if (Files.exists(path) && (identity == null || identity.equals(fileKey(path)))) {
                Files.deleteIfExists(path);
            }
            if (directory != null) {
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            Log.warning("cannot remove socket file " + path, e);
        }
    }

    @Override
    public void check(String address) {
        if (address.equals(ANY)) {
            throw new EndpointException(
                    ErrorCode.INVALID, "endpoint 'ipc://*': to connect, name the path that the peer is bound to");
        }
        path(address);
    }

    private static Path path(String address) {
        var endpoint = "endpoint 'ipc://" + address + "': ";
        if (address.startsWith("@")) {
            throw new EndpointException(
                    ErrorCode.INVALID,
                    endpoint + "names in the abstract namespace are not available in Java; use a path");
        }
        var size = address.getBytes(StandardCharsets.UTF_8).length;
        if (size > LONGEST_PATH) {
            throw new EndpointException(
                    ErrorCode.NAME_TOO_LONG,
                    endpoint + "the path has " + size + " bytes; in Java a Unix socket's path has at most "
                            + LONGEST_PATH);
        }
        try {
            return Path.of(address);
        } catch (InvalidPathException e) {
            throw new EndpointException(ErrorCode.INVALID, endpoint + e.getReason(), e);
        }
    }

    @Override
    public boolean mayBlock(String address) {
        return false;
    }

    @Override
    public List<SocketAddress> resolve(String address, Settings settings) {
        return List.of(UnixDomainSocketAddress.of(path(address)));
    }

    @Override
    public SocketChannel open(String address, SocketAddress remote, Settings settings) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.configureBlocking(false);
        return channel;
    }

    @Override
    public void tune(SocketChannel channel, Settings settings) {}

    @Override
    public String peer(SocketChannel channel) {
        return "unix";
    }
}
