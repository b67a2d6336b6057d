package io.lingmq.simulation;

import io.lingmq.option.Settings;
import io.lingmq.transport.Acceptor;
import io.lingmq.transport.Connecting;
import io.lingmq.transport.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;

/** How one host reaches the virtual network: {@code sim://host:port}. */
public class VirtualTransport implements Transport {
    /** What stands before the addresses. */
    public static final String SCHEME = "sim";

    private final VirtualNetwork network;
    private final String host;

    private static final class Address extends SocketAddress {
        private static final long serialVersionUID = 1L;

        private final String text;

        Address(String text) {
            this.text = text;
        }
    }

    /** How a host of a {@link Lab} reaches the others. */
    public VirtualTransport(Lab lab, String host) {
        this(lab.network(), host);
    }

    VirtualTransport(VirtualNetwork network, String host) {
        this.network = network;
        this.host = host;
    }

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public Acceptor listen(String address, Settings settings) {
        return new VirtualAcceptor(network, host, address.substring(address.indexOf(':') + 1));
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
    public List<Route> resolve(String address, Settings settings) throws IOException {
        return List.of(route(address));
    }

    /** The only way to an address. */
    public static Route route(String address) {
        return new Route(null, new Address(address), address);
    }

    @Override
    public Connecting connect(Route route, Settings settings) {
        return new VirtualConnecting(network, host, ((Address) route.remote()).text);
    }
}
