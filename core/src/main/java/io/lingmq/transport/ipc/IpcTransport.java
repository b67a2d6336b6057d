package io.lingmq.transport.ipc;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.transport.ChannelAcceptor;
import io.lingmq.transport.ChannelTransport;
import io.lingmq.transport.Scope;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Unix domain sockets, {@code ipc://path}; {@code ipc://*} binds to a new path in a directory of its own.
 *
 * <p>Differs from libzmq: a socket file is replaced only if nobody answers on it, so a second bind cannot steal a live
 * endpoint; and the file is removed when the endpoint is closed. As long as a path is bound, a {@link PathLock} beside
 * it keeps others of this library from it. Names in Linux's abstract namespace ({@code @name}) are not to be had in
 * Java.
 */
public final class IpcTransport extends ChannelTransport {
    private static final int LONGEST_PATH = 106;
    private static final String ANY = "*";

    @Override
    public String scheme() {
        return "ipc";
    }

    @Override
    public ChannelAcceptor listen(String address, Settings settings) {
        var endpoint = "ipc://" + address;
        var path = address.equals(ANY) ? null : path(address);
        try {
            return path == null ? listenAnywhere(settings) : listenAt(path, settings);
        } catch (IOException e) {
            throw IpcRefusal.reason(path, e).of(endpoint, e);
        }
    }

    private ChannelAcceptor listenAt(Path path, Settings settings) throws IOException {
        try (var scope = new Scope()) {
            scope.add(PathLock.take(path));
            return listen(path, settings, scope);
        }
    }

    /** In a directory of its own, which nobody else looks for: it needs no lock. */
    private ChannelAcceptor listenAnywhere(Settings settings) throws IOException {
        try (var scope = new Scope()) {
            var directory = Files.createTempDirectory("lingmq-");
            scope.add(() -> Files.deleteIfExists(directory));
            return listen(directory.resolve("socket"), settings, scope);
        }
    }

    /** The file is held behind the channel, so that it is removed while the channel still keeps its identity. */
    private ChannelAcceptor listen(Path path, Settings settings, Scope scope) throws IOException {
        var channel = scope.add(ServerSocketChannel.open(StandardProtocolFamily.UNIX));
        var file = scope.add(new SocketFile(path));
        channel.configureBlocking(false);
        file.bind(channel, settings.get(Options.BACKLOG));
        return new ChannelAcceptor(this, settings, channel, "ipc://" + path, scope.release());
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
    public String canonical(String address) {
        return address;
    }

    @Override
    public boolean mayBlock(String address) {
        return false;
    }

    @Override
    public List<Route> resolve(String address, Settings settings) {
        return List.of(new Route(null, UnixDomainSocketAddress.of(path(address)), "unix"));
    }

    @Override
    public SocketChannel open(Route route, Settings settings) throws IOException {
        try (var scope = new Scope()) {
            var channel = scope.add(SocketChannel.open(StandardProtocolFamily.UNIX));
            channel.configureBlocking(false);
            scope.release();
            return channel;
        }
    }

    @Override
    public void tune(SocketChannel channel, Settings settings) {}

    @Override
    public String peer(SocketChannel channel) {
        return "unix";
    }
}
