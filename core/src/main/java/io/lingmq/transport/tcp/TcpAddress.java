package io.lingmq.transport.tcp;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import java.net.UnknownHostException;
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
        if (!isHost(host)) {
            throw malformed(whole, "'" + host + "' is no host name, address or network interface");
        }
        return new TcpAddress(source, host, port(part.substring(colon + 1), whole));
    }

    private static boolean isHost(String text) {
        if (text.equals(ANY)) {
            return true;
        }
        return Literal.is(text)
                ? Literal.isWellFormed(text)
                : NAME.matcher(text).matches();
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

    /** Whether host and source are literal addresses, so that nobody has to be asked for them. */
    boolean isLiteral() {
        return (host.equals(ANY) || Literal.is(host)) && (source == null || source.isLiteral());
    }

    /** The address in the one form that all ways to write it have in common. */
    String canonical() {
        var from = source == null ? "" : source.canonical() + ";";
        return from + canonicalHost() + ":" + port;
    }

    private String canonicalHost() {
        if (host.equals(ANY)) {
            return "0.0.0.0"; // as a bind to it is told
        }
        try {
            var literal = Literal.of(host);
            return literal == null ? host : AddressText.host(literal);
        } catch (UnknownHostException e) {
            return "[" + host + "]"; // of a link that does not exist
        }
    }
}
