package io.lingmq.transport.tcp;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.reactor.Reactor;
import io.lingmq.transport.ChannelAcceptor;
import io.lingmq.transport.ChannelTransport;
import io.lingmq.transport.Scope;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.List;

/**
 * TCP.
 *
 * <p>Source: libzmq's {@code zmq_tcp} manual. Differs: IPv6 is allowed unless {@code IPV6} is off. A bind to {@code *}
 * takes both families, and is reported as {@code 0.0.0.0}, which every peer understands; {@code [::]} takes both as
 * well, {@code 0.0.0.0} only IPv4.
 */
public class TcpTransport extends ChannelTransport {
    private final Resolver resolver;

    /** TCP with the names that this machine knows. */
    public TcpTransport() {
        this(Names.OF_THIS_MACHINE);
    }

    TcpTransport(Names names) {
        resolver = new Resolver(names);
    }

    @Override
    public String scheme() {
        return "tcp";
    }

    @Override
    public ChannelAcceptor listen(String address, Settings settings) {
        var parsed = TcpAddress.parse(address);
        var endpoint = "tcp://" + address;
        var local = local(parsed, endpoint, settings);
        try {
            return listen(parsed, local, settings);
        } catch (IOException | UnsupportedOperationException | UnsupportedAddressTypeException e) {
            throw TcpRefusal.reason(local, e).of(endpoint, e);
        }
    }

    private InetSocketAddress local(TcpAddress parsed, String endpoint, Settings settings) {
        try {
            return resolver.local(parsed, settings.get(Options.IPV6));
        } catch (UnknownHostException e) {
            throw new EndpointException(
                    ErrorCode.NO_SUCH_DEVICE,
                    "cannot bind " + endpoint + ": '" + parsed.host()
                            + "' is no address, interface or name of this machine",
                    e);
        }
    }

    private ChannelAcceptor listen(TcpAddress parsed, InetSocketAddress local, Settings settings) throws IOException {
        var any = parsed.host().equals(TcpAddress.ANY);
        try (var scope = new Scope()) {
            var channel = scope.add(open(any && settings.get(Options.IPV6), local));
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            if (settings.get(Options.RECEIVE_BUFFER) >= 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, settings.get(Options.RECEIVE_BUFFER));
            }
            channel.bind(local, settings.get(Options.BACKLOG));
            var bound = (InetSocketAddress) channel.getLocalAddress();
            var text = any ? "0.0.0.0:" + bound.getPort() : AddressText.of(bound);
            return new ChannelAcceptor(this, settings, channel, "tcp://" + text, scope.release());
        }
    }

    /** A channel of both families where there are both, else one of the address's own: IPv4 is IPv4. */
    private static ServerSocketChannel open(boolean bothFamilies, InetSocketAddress local) throws IOException {
        return bothFamilies
                ? ServerSocketChannel.open()
                : ServerSocketChannel.open(TcpRefusal.family(local.getAddress()));
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
    public String canonical(String address) {
        return TcpAddress.parse(address).canonical();
    }

    @Override
    public boolean mayBlock(String address) {
        return !TcpAddress.parse(address).isLiteral();
    }

    @Override
    public List<Route> resolve(String address, Settings settings) throws IOException {
        var parsed = TcpAddress.parse(address);
        assert parsed.isLiteral() || !Reactor.isIoThread() : "names are not looked up on I/O threads";
        return resolver.routes(parsed, settings.get(Options.IPV6));
    }

    @Override
    public SocketChannel open(Route route, Settings settings) throws IOException {
        var remote = (InetSocketAddress) route.remote();
        try (var scope = new Scope()) {
            var channel = scope.add(SocketChannel.open(TcpRefusal.family(remote.getAddress())));
            channel.configureBlocking(false);
            tune(channel, settings);
            if (route.source() != null) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.bind(route.source());
            }
            scope.release();
            return channel;
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

    /**
     * Where nobody listens, the operating system may have chosen the very port that is dialled. A program that comes to
     * listen there would find it taken for a minute, were such a connection closed the usual way.
     */
    @Override
    public void checkConnected(SocketChannel channel) throws IOException {
        var local = channel.getLocalAddress();
        if (local != null && local.equals(channel.getRemoteAddress())) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            throw new IOException("connected to itself: nobody listens there");
        }
    }

    @Override
    public String peer(SocketChannel channel) {
        try {
            return channel.getRemoteAddress() instanceof InetSocketAddress remote ? AddressText.of(remote) : "unknown";
        } catch (IOException e) {
            return "unknown";
        }
    }
}
