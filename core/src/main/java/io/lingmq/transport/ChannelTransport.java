package io.lingmq.transport;

import io.lingmq.option.Settings;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transport whose connections are streams of bytes through a channel: how its addresses read and how its channels are
 * opened. All else (waiting, reconnecting, ZMTP, lingering) is common and lives above.
 *
 * <p>Threading: stateless; any thread. Only {@link #listen} and {@link #resolve} may block, both for a name server.
 */
public interface ChannelTransport {
    /** What stands before {@code ://}. */
    String scheme();

    /**
     * Opens a listening channel, in non-blocking mode. May look a name up: in the calling thread.
     *
     * @throws io.lingmq.error.EndpointException if the address is malformed, in use or refused
     */
    Listening listen(String address, Settings settings);

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
     */
    List<Route> resolve(String address, Settings settings) throws IOException;

    /** An unconnected channel in non-blocking mode, bound to the route's source if it has one. Looks nothing up. */
    SocketChannel open(Route route, Settings settings) throws IOException;

    /** Sets the options of a connection that was made or accepted. */
    void tune(SocketChannel channel, Settings settings) throws IOException;

    /** The other end of a connection as text. */
    String peer(SocketChannel channel);

    /**
     * One way to reach a peer.
     *
     * @param source where to connect from, or null where the operating system is to choose
     * @param remote where to connect to
     * @param text the remote end as peers would write it
     */
    record Route(@Nullable SocketAddress source, SocketAddress remote, String text) {}

    /**
     * A listening channel that has its address.
     *
     * @param channel accepts connections
     * @param endpoint the endpoint as peers would write it
     * @param resources all that has to be closed with it, the channel too
     */
    record Listening(ServerSocketChannel channel, String endpoint, Scope resources) implements Closeable {
        /** Gives the address up; once is enough, more do no harm. Nothing is thrown: a failure is logged. */
        @Override
        public void close() {
            resources.close();
        }
    }
}
