package io.lingmq.transport;

import io.lingmq.error.EndpointException;
import io.lingmq.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The transports that a context knows, by scheme: the library's own, and those that modules bring. These are looked for
 * once in a process, when somebody names a scheme that is not the library's: so the library's own start as fast, and no
 * module can take one of their schemes away.
 *
 * <p>Threading: any thread.
 */
public final class Transports {
    /** The scheme of sockets in one process, which has no links. */
    public static final String INPROC = "inproc";

    private final Map<String, Transport> own;
    private final Supplier<List<Transport>> others;

    /** Those that modules bring, when they have been found. */
    private static @Nullable List<Transport> installed;

    /**
     * A list of transports beside {@code inproc}, and no others.
     *
     * @throws EndpointException if two of them have one scheme
     */
    public Transports(List<? extends Transport> transports) {
        this(transports, List::of);
    }

    /** The given transports beside {@code inproc}, and those that others turn out to bring. */
    Transports(List<? extends Transport> transports, Supplier<List<Transport>> others) {
        own = byScheme(Map.of(), transports);
        this.others = others;
    }

    /**
     * The library's own transports beside {@code inproc}, and those that modules bring.
     *
     * @throws EndpointException if two of the library's own have one scheme
     */
    public static Transports withInstalled(List<? extends Transport> own) {
        return new Transports(own, Transports::installed);
    }

    private static synchronized List<Transport> installed() {
        var found = installed;
        if (found == null) {
            found = new ArrayList<>();
            try {
                ServiceLoader.load(Transport.class, Transport.class.getClassLoader())
                        .forEach(found::add);
            } catch (ServiceConfigurationError e) {
                throw new EndpointException(
                        ErrorCode.INVALID, "a transport of another module cannot be loaded: " + e.getMessage(), e);
            }
            installed = found;
        }
        return found;
    }

    /** Nobody could tell which of two is meant. */
    private static Map<String, Transport> byScheme(Map<String, Transport> before, List<? extends Transport> added) {
        var all = new LinkedHashMap<>(before);
        for (var transport : added) {
            var scheme = transport.scheme();
            var other = all.putIfAbsent(scheme, transport);
            if (other != null || scheme.equals(INPROC)) {
                throw new EndpointException(
                        ErrorCode.INVALID,
                        "two transports have the scheme '" + scheme + "': "
                                + (other == null
                                        ? "the library's own"
                                        : other.getClass().getName()) + " and "
                                + transport.getClass().getName() + "; leave out the module that brings one of them");
            }
        }
        return all;
    }

    /** All of them. */
    private Map<String, Transport> all() {
        return byScheme(own, others.get());
    }

    private boolean isOwn(String scheme) {
        return scheme.equals(INPROC) || own.containsKey(scheme);
    }

    /**
     * Reads an endpoint and checks that its transport is known.
     *
     * @throws EndpointException if it is malformed, or its transport unknown or there twice
     */
    public Endpoint parse(String text) {
        var endpoint = Endpoint.parse(text, this::schemes);
        if (!isOwn(endpoint.scheme()) && !all().containsKey(endpoint.scheme())) {
            throw new EndpointException(
                    ErrorCode.UNKNOWN_TRANSPORT,
                    "endpoint '" + text + "' has the unknown transport '" + endpoint.scheme() + "'; known are "
                            + String.join(", ", schemes()));
        }
        return endpoint;
    }

    private Set<String> schemes() {
        var known = new TreeSet<>(all().keySet());
        known.add(INPROC);
        return known;
    }

    /** The transport of an endpoint that was parsed here and is not {@code inproc}. */
    public Transport of(Endpoint endpoint) {
        var scheme = endpoint.scheme();
        var transport = isOwn(scheme) ? own.get(scheme) : all().get(scheme);
        if (transport == null) {
            throw new EndpointException(ErrorCode.UNKNOWN_TRANSPORT, "endpoint '" + endpoint + "' has no links");
        }
        return transport;
    }
}
