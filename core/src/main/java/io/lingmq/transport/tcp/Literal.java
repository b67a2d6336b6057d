package io.lingmq.transport.tcp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses written in figures: reading them asks nobody. */
final class Literal {
    private static final Pattern IPV4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final Pattern SCOPE = Pattern.compile("[A-Za-z0-9._-]+");
    private static final char SCOPE_MARK = '%';

    private Literal() {}

    /** Whether the text is meant as an address in figures; an IPv6 address need not be well formed. */
    static boolean is(String host) {
        return isIpv6(host) || IPV4.matcher(host).matches();
    }

    private static boolean isIpv6(String host) {
        return host.indexOf(':') >= 0;
    }

    /** Whether an address in figures is well formed; the link that it names as its scope need not exist. */
    static boolean isWellFormed(String host) {
        var mark = host.indexOf(SCOPE_MARK);
        if (mark >= 0 && !SCOPE.matcher(host.substring(mark + 1)).matches()) {
            return false;
        }
        try {
            return of(mark < 0 ? host : host.substring(0, mark)) != null;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * The address, or null if the text is a name.
     *
     * @throws UnknownHostException if it is no address, or names a link that does not exist
     */
    static @Nullable InetAddress of(String host) throws UnknownHostException {
        if (isIpv6(host)) {
            return InetAddress.getByName("[" + host + "]"); // in brackets, so it is never taken for a name
        }
        if (!IPV4.matcher(host).matches()) {
            return null;
        }
        var octets = new byte[4];
        var parts = host.split("\\.", -1);
        for (var i = 0; i < octets.length; i++) {
            octets[i] = (byte) Integer.parseInt(parts[i]);
        }
        return InetAddress.getByAddress(octets);
    }
}
