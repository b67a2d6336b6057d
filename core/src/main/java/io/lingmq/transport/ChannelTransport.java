package io.lingmq.transport;

import io.lingmq.option.Settings;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/**
 * A transport whose connections are streams of bytes through a channel: how its addresses read and how its channels are
 * opened. All else (waiting, reconnecting, ZMTP, lingering) is common and lives above.
 *
 * <p>Threading: stateless; any thread. Only {@link #resolve} may block.
 */
public interface ChannelTransport {
    /** What stands before {@code ://}. */
    String scheme();

    /**
     * Opens a listening channel, in non-blocking mode.
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

    /** Whether {@link #resolve} may have to ask others, and so may block. */
    boolean mayBlock(String address);

    /** The socket addresses that an address means now, best first; asked again before each attempt. */
    List<SocketAddress> resolve(String address, Settings settings) throws IOException;

    /** An unconnected channel in non-blocking mode, bound to a local address if the endpoint names one. */
    SocketChannel open(String address, SocketAddress remote, Settings settings) throws IOException;

    /** Sets the options of a connection that was made or accepted. */
    void tune(SocketChannel channel, Settings settings) throws IOException;

    /** The other end of a connection as text. */
    String peer(SocketChannel channel);

    /** A listening channel, the endpoint as peers would write it, and what to do when it is closed. */
    record Listening(ServerSocketChannel channel, String endpoint, Runnable afterClose) {}
}
