package io.lingmq.transport.tcp;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.transport.BindFailure;
import io.lingmq.transport.ChannelTransport;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * TCP.
 *
 * <p>Source: libzmq's {@code zmq_tcp} manual. Differs: IPv6 is allowed unless {@code IPV6} is off, and a bind to
 * {@code *} is reported as {@code 0.0.0.0}, which every peer understands.
 */
public final class TcpTransport implements ChannelTransport {
    @Override
    public String scheme() {
        return "tcp";
    }

    @Override
    public Listening listen(String address, Settings settings) {
        var parsed = TcpAddress.parse(address);
        var endpoint = "tcp://" + address;
        InetSocketAddress local;
        try {
            local = parsed.local(settings.get(Options.IPV6));
        } catch (UnknownHostException e) {
            throw new EndpointException(
                    ErrorCode.NO_SUCH_DEVICE,
                    "cannot bind " + endpoint + ": '" + parsed.host()
                            + "' is no address, interface or name of this machine",
                    e);
        }
        try {
            return listen(parsed, local, settings);
        } catch (IOException e) {
            throw BindFailure.of(endpoint, e);
        }
    }

    private static Listening listen(TcpAddress parsed, InetSocketAddress local, Settings settings) throws IOException {
        var channel = settings.get(Options.IPV6)
                ? ServerSocketChannel.open()
                : ServerSocketChannel.open(StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (settings.get(Options.RECEIVE_BUFFER) >= 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, settings.get(Options.RECEIVE_BUFFER));
            }
            channel.bind(local, settings.get(Options.BACKLOG));
            var bound = (InetSocketAddress) channel.getLocalAddress();
            var host = parsed.host().equals(TcpAddress.ANY) ? "0.0.0.0" : text(bound);
            return new Listening(channel, "tcp://" + host + ":" + bound.getPort(), () -> {});
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void check(String address) {
        var parsed = TcpAddress.parse(address);
        if (parsed.port() == 0) {
            throw new EndpointException(
                    ErrorCode.INVALID,
                    "endpoint 'tcp://" + address + "': to connect, name the port that the peer is bound to");
        }
    }

    @Override
    public boolean mayBlock(String address) {
        return !TcpAddress.parse(address).isLiteral();
    }

    @Override
    public List<SocketAddress> resolve(String address, Settings settings) throws IOException {
        return List.copyOf(TcpAddress.parse(address).remote(settings.get(Options.IPV6)));
    }

    @Override
    public SocketChannel open(String address, SocketAddress remote, Settings settings) throws IOException {
        var channel =
                settings.get(Options.IPV6) ? SocketChannel.open() : SocketChannel.open(StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            tune(channel, settings);
            var source = TcpAddress.parse(address).source();
            if (source != null) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.bind(source.local(settings.get(Options.IPV6)));
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void tune(SocketChannel channel, Settings settings) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        if (settings.get(Options.SEND_BUFFER) >= 0) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, settings.get(Options.SEND_BUFFER));
        }
        if (settings.get(Options.RECEIVE_BUFFER) >= 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, settings.get(Options.RECEIVE_BUFFER));
        }
        if (settings.get(Options.TCP_KEEP_ALIVE) >= 0) {
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, settings.get(Options.TCP_KEEP_ALIVE) == 1);
        }
        if (settings.get(Options.TYPE_OF_SERVICE) > 0) {
            channel.setOption(StandardSocketOptions.IP_TOS, settings.get(Options.TYPE_OF_SERVICE));
        }
    }

    @Override
    public String peer(SocketChannel channel) {
        try {
            return channel.getRemoteAddress() instanceof InetSocketAddress remote
                    ? text(remote) + ":" + remote.getPort()
                    : "unknown";
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String text(InetSocketAddress address) {
        var literal = address.getAddress().getHostAddress();
        return address.getAddress() instanceof Inet6Address ? "[" + literal + "]" : literal;
    }
}
