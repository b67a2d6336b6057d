package io.lingmq.transport.tcp;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A TCP address as written in an endpoint: {@code host:port}, {@code *:port}, {@code [ipv6]:port},
 * {@code interface:port}, and to connect from a given address {@code source:port;host:port}.
 *
 * @param source where to connect from, or null
 * @param host a name, a literal address or an interface; {@code *} is any
 * @param port 0 where the operating system is to choose
 */
record TcpAddress(@Nullable TcpAddress source, String host, int port) {
    static final String ANY = "*";

    private static final int MOST_PORTS = 65_535;
    private static final Pattern IPV4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    static TcpAddress parse(String text) {
        var semicolon = text.indexOf(';');
        if (semicolon < 0) {
            return parseOne(text, text, null);
        }
        var from = parseOne(text.substring(0, semicolon), text, null);
        return parseOne(text.substring(semicolon + 1), text, from);
    }

    private static TcpAddress parseOne(String part, String whole, @Nullable TcpAddress source) {
        var colon = part.lastIndexOf(':');
        if (colon <= 0 || part.endsWith("]")) {
            throw malformed(whole, "write host:port, for example 127.0.0.1:5555, [::1]:5555 or *:5555");
        }
        var host = part.substring(0, colon);
        if (host.startsWith("[") != host.endsWith("]")) {
            throw malformed(whole, "'" + host + "' is no host name, address or network interface");
        }
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        if (!host.equals(ANY) && host.indexOf(':') < 0 && !NAME.matcher(host).matches()) {
            throw malformed(whole, "'" + host + "' is no host name, address or network interface");
        }
        return new TcpAddress(source, host, port(part.substring(colon + 1), whole));
    }

    private static int port(String text, String whole) {
        if (text.equals(ANY)) {
            return 0;
        }
        var plain = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        var port = plain ? Integer.parseInt(text) : -1;
        if (port < 0 || port > MOST_PORTS) {
            throw malformed(whole, "port '" + text + "' must be a number from 0 to 65535, or * for any free one");
        }
        return port;
    }

    private static EndpointException malformed(String whole, String why) {
        return new EndpointException(ErrorCode.INVALID, "endpoint 'tcp://" + whole + "': " + why);
    }

    /** Whether the host is a literal address, so that nobody has to be asked for it. */
    boolean isLiteral() {
        return host.equals(ANY) || host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }

    /** The local address to bind. */
    InetSocketAddress local(boolean ipv6) throws UnknownHostException {
        if (host.equals(ANY)) {
            return ipv6 ? new InetSocketAddress(port) : new InetSocketAddress("0.0.0.0", port);
        }
        var own = interfaceAddress(ipv6);
        return new InetSocketAddress(own != null ? own : all(ipv6).get(0), port);
    }

    /** All addresses of the host to connect to; {@code *} is this machine. */
    List<InetSocketAddress> remote(boolean ipv6) throws UnknownHostException {
        if (host.equals(ANY)) {
            return List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
        return all(ipv6).stream()
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    private List<InetAddress> all(boolean ipv6) throws UnknownHostException {
        var found = new ArrayList<InetAddress>();
        for (var address : InetAddress.getAllByName(host)) {
            if (ipv6 || address instanceof Inet4Address) {
                found.add(address);
            }
        }
        if (found.isEmpty()) {
            throw new UnknownHostException(host + " has only IPv6 addresses and IPv6 is off");
        }
        return found;
    }

    private @Nullable InetAddress interfaceAddress(boolean ipv6) {
        if (isLiteral()) {
            return null;
        }
        try {
            var card = NetworkInterface.getByName(host);
            if (card == null) {
                return null;
            }
            InetAddress other = null;
            for (var address : Collections.list(card.getInetAddresses())) {
                if (address instanceof Inet4Address) {
                    return address;
                }
                other = address;
            }
            return ipv6 ? other : null;
        } catch (SocketException e) {
            return null;
        }
    }
}
