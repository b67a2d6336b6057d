package io.lingmq.transport;

import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the addresses of one scheme read, and how {@linkplain Link links} to them are made, which carry octets or
 * datagrams. All else (waiting, reconnecting, the protocol, lingering) is common and lives above.
 *
 * <p>A module can bring one: it names its class in {@code META-INF/services} or with {@code provides} in its
 * descriptor, and a context finds it by {@link java.util.ServiceLoader}. Transports over channels extend
 * {@link ChannelTransport}.
 *
 * <p>Threading: stateless; any thread. Only {@link #listen} and {@link #resolve} may block, both for a name server.
 */
public interface Transport {
    /** What stands before {@code ://}: lower case letters, digits, {@code +}, {@code -} and {@code .} (RFC 3986). */
    String scheme();

    /**
     * Whether sockets of that type can use it. One that carries datagrams may lose what some types cannot do without.
     */
    default boolean carries(SocketType type) {
        return true;
    }

    /**
     * Whether what is spoken on its links has a handshake, in which peers show who they are. Where it has none, an
     * endpoint whose options ask for a security mechanism is refused, not left unguarded.
     */
    default boolean hasHandshake() {
        return true;
    }

    /**
     * Opens a listening address. May look a name up: in the calling thread.
     *
     * @throws io.lingmq.error.EndpointException if the address is malformed, in use or refused
     */
    Acceptor listen(String address, Settings settings);

    /**
     * Checks an address that is to be connected to, without looking anything up.
     *
     * @throws io.lingmq.error.EndpointException if it is malformed
     */
    void check(String address);

    /** The address in the one form that all ways to write it have in common; nothing is looked up. */
    String canonical(String address);

    /**
     * Whether {@link #resolve} may have to ask others, and so may block: then it must not be called on an I/O thread.
     */
    boolean mayBlock(String address);

    /**
     * The ways to reach an address as things are now, best first, at least one; asked again before each round of
     * attempts. What the JVM knows of a name it may have asked for a while ago, though.
     *
     * @throws IOException if none is known now, as for a name that nobody knows; it is asked for again later
     */
    List<Route> resolve(String address, Settings settings) throws IOException;

    /**
     * Begins to connect one way, from the route's source if it has one. Looks nothing up. The reactor's thread.
     *
     * @throws IOException if it cannot begin; the next route is tried, and after the last one all of them again later
     */
    Connecting connect(Route route, Settings settings) throws IOException;

    /**
     * One way to reach a peer.
     *
     * @param source where to connect from, or null where the operating system is to choose
     * @param remote where to connect to
     * @param text the remote end as peers would write it
     */
    record Route(@Nullable SocketAddress source, SocketAddress remote, String text) {}
}
