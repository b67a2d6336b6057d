package io.lingmq.transport.tcp;

import io.lingmq.transport.Transport.Route;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From addresses as they are written to addresses that can be bound and connected.
 *
 * <p>Threading: any thread; where an address has names in it, one that may block.
 */
final class Resolver {
    private final Names names;

    Resolver(Names names) {
        this.names = names;
    }

    /** The local address to bind. */
    InetSocketAddress local(TcpAddress address, boolean ipv6) throws UnknownHostException {
        if (address.host().equals(TcpAddress.ANY)) {
            return ipv6
                    ? new InetSocketAddress(address.port())
                    : new InetSocketAddress(InetAddress.getByAddress(new byte[4]), address.port());
        }
        return new InetSocketAddress(ownAddresses(address, ipv6).get(0), address.port());
    }

    /** An interface's own addresses, IPv4 first, else all of the name. */
    private List<InetAddress> ownAddresses(TcpAddress address, boolean ipv6) throws UnknownHostException {
        var ofInterface = Literal.is(address.host()) ? null : names.ofInterface(address.host());
        if (ofInterface == null) {
            return addresses(address.host(), ipv6);
        }
        var usable = new ArrayList<InetAddress>();
        ofInterface.stream().filter(Inet4Address.class::isInstance).forEach(usable::add);
        if (ipv6) {
            ofInterface.stream().filter(Inet6Address.class::isInstance).forEach(usable::add);
        }
        return usable.isEmpty() ? addresses(address.host(), ipv6) : usable;
    }

    /** All ways to connect, the two families in turn, so that one that does not work costs one attempt only. */
    List<Route> routes(TcpAddress address, boolean ipv6) throws UnknownHostException {
        var remotes = inTurn(remotes(address, ipv6));
        var from = address.source();
        var routes = new ArrayList<Route>();
        for (var remote : remotes) {
            var to = new InetSocketAddress(remote, address.port());
            var source = from == null ? null : source(from, remote, ipv6);
            if (from == null || source != null) {
                routes.add(new Route(source, to, AddressText.of(to)));
            }
        }
        if (routes.isEmpty()) {
            throw new UnknownHostException("the source and " + address.host() + " have no address family in common");
        }
        return routes;
    }

    /** All addresses of the host to connect to; one that stands for all addresses is this machine. */
    private List<InetAddress> remotes(TcpAddress address, boolean ipv6) throws UnknownHostException {
        if (address.host().equals(TcpAddress.ANY)) {
            return List.of(InetAddress.getLoopbackAddress());
        }
        var all = new ArrayList<InetAddress>();
        for (var each : addresses(address.host(), ipv6)) {
            all.add(each.isAnyLocalAddress() ? loopback(each) : each);
        }
        return all;
    }

    private static InetAddress loopback(InetAddress like) throws UnknownHostException {
        var octets = new byte[like.getAddress().length];
        octets[0] = (byte) (octets.length == 4 ? 127 : 0);
        octets[octets.length - 1] = 1;
        return InetAddress.getByAddress(octets);
    }

    /** The local address of the remote's family to connect from, or null if there is none. */
    private @Nullable InetSocketAddress source(TcpAddress from, InetAddress remote, boolean ipv6)
            throws UnknownHostException {
        if (from.host().equals(TcpAddress.ANY)) {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[remote.getAddress().length]), from.port());
        }
        for (var own : ownAddresses(from, ipv6)) {
            if (own.getClass() == remote.getClass()) {
                return new InetSocketAddress(own, from.port());
            }
        }
        return null;
    }

    private List<InetAddress> addresses(String host, boolean ipv6) throws UnknownHostException {
        var literal = Literal.of(host);
        var usable = new ArrayList<InetAddress>();
        for (var address : literal == null ? names.lookUp(host) : List.of(literal)) {
            if (ipv6 || address instanceof Inet4Address) {
                usable.add(address);
            }
        }
        if (usable.isEmpty()) {
            throw new UnknownHostException(host + " has only IPv6 addresses and IPv6 is off");
        }
        return usable;
    }

    /** The first stays first; its family and the other take turns. */
    private static List<InetAddress> inTurn(List<InetAddress> all) {
        var same = new ArrayDeque<InetAddress>();
        var other = new ArrayDeque<InetAddress>();
        all.forEach(each -> (each.getClass() == all.get(0).getClass() ? same : other).add(each));
        var mixed = new ArrayList<InetAddress>();
        while (!same.isEmpty() || !other.isEmpty()) {
            if (!same.isEmpty()) {
                mixed.add(same.remove());
            }
            if (!other.isEmpty()) {
                mixed.add(other.remove());
            }
        }
        return mixed;
    }
}
