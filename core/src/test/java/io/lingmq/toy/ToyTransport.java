package io.lingmq.toy;

import io.lingmq.option.Settings;
import io.lingmq.transport.Acceptor;
import io.lingmq.transport.ChannelAcceptor;
import io.lingmq.transport.ChannelTransport;
import io.lingmq.transport.Connecting;
import io.lingmq.transport.LinkLayer;
import io.lingmq.transport.Scope;
import io.lingmq.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * A transport as another module would bring it: it uses what is public, and no class of the library names it.
 * {@code toy://port} is a port of this machine; its octets are turned round on their way, as a stand-in for TLS.
 */
public final class ToyTransport implements Transport {
    private static final LinkLayer TURNED = ToyLink::new;

    private final Loopback loopback = new Loopback();

    /** Channels of this machine alone. */
    private static final class Loopback extends ChannelTransport {
        @Override
        public String scheme() {
            return "toy";
        }

        @Override
        public ChannelAcceptor listen(String address, Settings settings) {
            try (var scope = new Scope()) {
                var channel = scope.add(ServerSocketChannel.open());
                channel.configureBlocking(false);
                channel.bind(at(address.equals("*") ? 0 : Integer.parseInt(address)));
                var endpoint = "toy://" + channel.socket().getLocalPort();
                return new ChannelAcceptor(this, settings, channel, endpoint, scope.release());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static InetSocketAddress at(int port) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        }

        @Override
        public void check(String address) {}

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
            return List.of(new Route(null, at(Integer.parseInt(address)), address));
        }

        @Override
        public SocketChannel open(Route route, Settings settings) throws IOException {
            var channel = SocketChannel.open();
            channel.configureBlocking(false);
            return channel;
        }

        @Override
        public void tune(SocketChannel channel, Settings settings) {}

        @Override
        public String peer(SocketChannel channel) {
            return "a toy";
        }
    }

    /** As the service loader wants it. */
    public ToyTransport() {}

    @Override
    public String scheme() {
        return loopback.scheme();
    }

    @Override
    public Acceptor listen(String address, Settings settings) {
        return TURNED.accepting(loopback.listen(address, settings));
    }

    @Override
    public void check(String address) {
        loopback.check(address);
    }

    @Override
    public String canonical(String address) {
        return loopback.canonical(address);
    }

    @Override
    public boolean mayBlock(String address) {
        return loopback.mayBlock(address);
    }

    @Override
    public List<Route> resolve(String address, Settings settings) throws IOException {
        return loopback.resolve(address, settings);
    }

    @Override
    public Connecting connect(Route route, Settings settings) throws IOException {
        return TURNED.connecting(loopback.connect(route, settings));
    }
}
