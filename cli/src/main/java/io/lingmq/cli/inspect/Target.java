package io.lingmq.cli.inspect;

import io.lingmq.cli.shell.CommandFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;

/** Where to look: a tcp or an ipc endpoint that can be connected to. */
sealed interface Target {
    /** An address of a host. */
    record Tcp(String host, int port) implements Target {
        @Override
        public SocketChannel open() throws IOException {
            return SocketChannel.open();
        }

        @Override
        public SocketAddress address() throws IOException {
            var resolved = new InetSocketAddress(host, port);
            if (resolved.isUnresolved()) {
                throw new UnknownHostException("no host is called " + host);
            }
            return resolved;
        }
    }

    /** A path of this machine. */
    record Ipc(String path) implements Target {
        @Override
        public SocketChannel open() throws IOException {
            return SocketChannel.open(StandardProtocolFamily.UNIX);
        }

        @Override
        public SocketAddress address() {
            return UnixDomainSocketAddress.of(path);
        }
    }

    /** A channel that is not connected. */
    SocketChannel open() throws IOException;

    /** The address to connect to; asks for a host's. */
    SocketAddress address() throws IOException;

    /**
     * Reads an endpoint.
     *
     * @throws CommandFailure if it cannot be connected to over a wire
     */
    static Target of(String endpoint) {
        if (endpoint.startsWith("ipc://") && endpoint.length() > 6) {
            return new Ipc(endpoint.substring(6));
        }
        var colon = endpoint.lastIndexOf(':');
        if (!endpoint.startsWith("tcp://") || colon <= 6) {
            throw wrong(endpoint);
        }
        var host = endpoint.substring(6, colon);
        var bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            var port = Integer.parseInt(endpoint.substring(colon + 1));
            if (port < 1 || port > 65_535 || bare.equals("*") || bare.isEmpty()) {
                throw wrong(endpoint);
            }
            return new Tcp(bare, port);
        } catch (NumberFormatException e) {
            throw wrong(endpoint);
        }
    }

    private static CommandFailure wrong(String endpoint) {
        return CommandFailure.usage(
                "cannot inspect '" + endpoint + "': write what can be connected to, tcp://host:port or ipc://path");
    }
}
