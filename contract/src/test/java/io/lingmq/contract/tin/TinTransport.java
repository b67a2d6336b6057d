package io.lingmq.contract.tin;

import io.lingmq.option.Settings;
import io.lingmq.transport.BindFailure;
import io.lingmq.transport.ChannelAcceptor;
import io.lingmq.transport.ChannelTransport;
import io.lingmq.transport.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * A stream transport as another module brings it: two tins and a string. {@code tin://4711} is a port of this machine,
 * and {@code tin://*} one that is free.
 */
public class TinTransport extends ChannelTransport {
    /** As the service loader wants it. */
    public TinTransport() {}

    @Override
    public String scheme() {
        return "tin";
    }

    @Override
    public ChannelAcceptor listen(String address, Settings settings) {
        var local = LoopbackPorts.toBind(address);
        try (var scope = new Scope()) {
            var channel = scope.add(ServerSocketChannel.open());
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(local);
            var endpoint = scheme() + "://" + channel.socket().getLocalPort();
            return new ChannelAcceptor(this, settings, channel, endpoint, scope.release());
        } catch (BindException e) {
            throw BindFailure.IN_USE.of(scheme() + "://" + address, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void check(String address) {
        LoopbackPorts.toConnect(address);
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
        return List.of(new Route(null, LoopbackPorts.toConnect(address), address));
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
    public void checkConnected(SocketChannel channel) throws IOException {
        if (channel.getLocalAddress().equals(channel.getRemoteAddress())) {
            throw new IOException("the tin is tied to itself");
        }
    }

    @Override
    public String peer(SocketChannel channel) {
        return "tin " + channel.socket().getPort();
    }
}
