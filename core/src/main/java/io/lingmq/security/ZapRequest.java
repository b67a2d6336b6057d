package io.lingmq.security;

import java.util.List;
import java.util.Objects;

/**
 * The question whether a peer may connect.
 *
 * <p>The text form shows no credentials.
 *
 * <p>Source: RFC 27/ZAP, "The request".
 *
 * @param domain the security domain that the socket belongs to, perhaps empty: its option {@code zap-domain}
 * @param address the peer's numeric network address without a port; empty where the transport has none
 * @param routingId the routing id of the socket that asks, perhaps empty; the peer's own is not known yet
 * @param mechanism the name of the security mechanism, for example {@code PLAIN}
 * @param credentials what the mechanism knows of the peer: none for NULL, user name and password for PLAIN
 */
public record ZapRequest(String domain, String address, byte[] routingId, String mechanism, List<byte[]> credentials) {
    /** A question; the list is copied, the arrays are not. */
    public ZapRequest {
        Objects.requireNonNull(domain, "the domain is null");
        Objects.requireNonNull(address, "the address is null");
        Objects.requireNonNull(routingId, "the routing id is null");
        Objects.requireNonNull(mechanism, "the mechanism is null");
        credentials = List.copyOf(Objects.requireNonNull(credentials, "the list of credentials is null"));
    }

    @Override
    public String toString() {
        return "ZapRequest[domain=" + domain + ", address=" + address + ", mechanism=" + mechanism + ", credentials="
                + credentials.size() + "]";
    }
}
