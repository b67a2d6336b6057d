package io.lingmq.session;

import io.lingmq.option.Settings;
import io.lingmq.transport.ChannelTransport;
import io.lingmq.transport.tcp.TcpTransport;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.List;

/** TCP, but for what a test wants to be otherwise. */
class TransportUnderTest implements ChannelTransport {
    private final TcpTransport tcp = new TcpTransport();

    @Override
    public String scheme() {
        return tcp.scheme();
    }

    @Override
    public Listening listen(String address, Settings settings) {
        return tcp.listen(address, settings);
    }

    @Override
    public void check(String address) {
        tcp.check(address);
    }

    @Override
    public String canonical(String address) {
        return tcp.canonical(address);
    }

    @Override
    public boolean mayBlock(String address) {
        return tcp.mayBlock(address);
    }

    @Override
    public List<Route> resolve(String address, Settings settings) throws IOException {
        return tcp.resolve(address, settings);
    }

    @Override
    public SocketChannel open(Route route, Settings settings) throws IOException {
        return tcp.open(route, settings);
    }

    @Override
    public void tune(SocketChannel channel, Settings settings) throws IOException {
        tcp.tune(channel, settings);
    }

    @Override
    public String peer(SocketChannel channel) {
        return tcp.peer(channel);
    }
}
