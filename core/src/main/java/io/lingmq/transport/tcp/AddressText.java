package io.lingmq.transport.tcp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Addresses as people write them: IPv6 in brackets, in the short form.
 *
 * <p>Source: RFC 5952, section 4; RFC 4007, section 11 for the scope.
 */
final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    /** The address and port as an endpoint has them. */
    static String of(InetSocketAddress address) {
        return host(address.getAddress()) + ":" + address.getPort();
    }

    /** The address as an endpoint has it. */
    static String host(InetAddress address) {
        return address instanceof Inet6Address ipv6
                ? "[" + shortest(ipv6.getAddress()) + scope(ipv6) + "]"
                : address.getHostAddress();
    }

    /** A scope tells links apart, so only an address of one link has it. */
    private static String scope(Inet6Address address) {
        if (!address.isLinkLocalAddress()) {
            return "";
        }
        var link = address.getScopedInterface();
        if (link != null) {
            return "%" + link.getName();
        }
        return address.getScopeId() > 0 ? "%" + address.getScopeId() : "";
    }

    private static String shortest(byte[] octets) {
        var groups = new int[GROUPS];
        for (var i = 0; i < GROUPS; i++) {
            groups[i] = (octets[2 * i] & 0xff) << 8 | (octets[2 * i + 1] & 0xff);
        }
        var gap = longestRunOfZeros(groups);
        if (gap.length < 2) { // one group alone is not shortened
            return join(groups, 0, GROUPS);
        }
        return join(groups, 0, gap.start) + "::" + join(groups, gap.start + gap.length, GROUPS);
    }

    private static String join(int[] groups, int from, int to) {
        var text = new StringBuilder();
        for (var i = from; i < to; i++) {
            text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    private record Run(int start, int length) {}

    /** Of equally long ones the first. */
    private static Run longestRunOfZeros(int[] groups) {
        var longest = new Run(0, 0);
        var start = 0;
        for (var i = 0; i < GROUPS; i++) {
            if (groups[i] != 0) {
                start = i + 1;
            } else if (i + 1 - start > longest.length) {
                longest = new Run(start, i + 1 - start);
            }
        }
        return longest;
    }
}
