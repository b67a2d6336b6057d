package io.lingmq.contract.pigeon;

import io.lingmq.contract.tin.LoopbackPorts;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.transport.Acceptor;
import io.lingmq.transport.BindFailure;
import io.lingmq.transport.Connecting;
import io.lingmq.transport.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

/**
 * A datagram transport as another module brings it: a message is a datagram, and some pigeons do not arrive.
 * {@code pigeon://4711} is a port of this machine, and {@code pigeon://*} one that is free.
 */
public final class PigeonTransport implements Transport {
    private static final Set<SocketType> CARRIED =
            Set.of(SocketType.PAIR, SocketType.PUSH, SocketType.PULL, SocketType.PUB, SocketType.SUB);

    /** As the service loader wants it. */
    public PigeonTransport() {}

    @Override
    public String scheme() {
        return "pigeon";
    }

    @Override
    public boolean carries(SocketType type) {
        return CARRIED.contains(type);
    }

    @Override
    public boolean hasHandshake() {
        return false;
    }

    @Override
    public Acceptor listen(String address, Settings settings) {
        try {
            return new Loft(PigeonLink.at(LoopbackPorts.toBind(address)));
        } catch (BindException e) {
            throw BindFailure.IN_USE.of("pigeon://" + address, e);
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
    public Connecting connect(Route route, Settings settings) throws IOException {
        return new Departure(PigeonLink.to((InetSocketAddress) route.remote()));
    }
}
