package io.lingmq.transport;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The transports that a context knows, by scheme. Threading: immutable. */
public final class Transports {
    /** The scheme of sockets in one process, which has no links. */
    public static final String INPROC = "inproc";

    private final Map<String, StreamTransport> byScheme = new LinkedHashMap<>();

    /**
     * A list of transports beside {@code inproc}.
     *
     * @throws EndpointException if two of them have one scheme: nobody could tell which is meant
     */
    public Transports(List<? extends StreamTransport> transports) {
        transports.forEach(this::add);
    }

    private void add(StreamTransport transport) {
        var scheme = transport.scheme();
        var before = byScheme.putIfAbsent(scheme, transport);
        if (before != null || scheme.equals(INPROC)) {
            throw new EndpointException(
                    ErrorCode.INVALID,
                    "two transports have the scheme '" + scheme + "': "
                            + (before == null
                                    ? "the library's own"
                                    : before.getClass().getName()) + " and "
                            + transport.getClass().getName() + "; leave out the module that brings one of them");
        }
    }

    /**
     * Reads an endpoint and checks that its transport is known.
     *
     * @throws EndpointException if it is malformed or its transport unknown
     */
    public Endpoint parse(String text) {
        var known = new TreeSet<>(byScheme.keySet());
        known.add(INPROC);
        var endpoint = Endpoint.parse(text, known);
        if (!known.contains(endpoint.scheme())) {
            throw new EndpointException(
                    ErrorCode.UNKNOWN_TRANSPORT,
                    "endpoint '" + text + "' has the unknown transport '" + endpoint.scheme() + "'; known are "
                            + String.join(", ", known));
        }
        return endpoint;
    }

    /** The stream transport of an endpoint that was parsed here and is not {@code inproc}. */
    public StreamTransport of(Endpoint endpoint) {
        var transport = byScheme.get(endpoint.scheme());
        if (transport == null) {
            throw new EndpointException(ErrorCode.UNKNOWN_TRANSPORT, "endpoint '" + endpoint + "' has no links");
        }
        return transport;
    }
}
