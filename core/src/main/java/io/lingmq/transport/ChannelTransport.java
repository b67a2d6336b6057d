package io.lingmq.transport;

import io.lingmq.engine.Protocol;
import io.lingmq.engine.Protocols;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * A transport whose links are channels of the operating system.
 *
 * <p>Threading: as {@link Transport} says. The methods that it adds are called on a reactor's thread, and may not
 * block. An {@link IOException} ends the one attempt or the one accepted connection that it comes from; the channel is
 * closed then.
 */
public abstract class ChannelTransport implements Transport {
    /** A transport over channels. */
    protected ChannelTransport() {}

    /**
     * An unconnected channel in non-blocking mode, bound to the route's source if it has one. Looks nothing up.
     *
     * @throws IOException if it cannot be opened or bound
     */
    public abstract SocketChannel open(Route route, Settings settings) throws IOException;

    /**
     * Sets the options of a connection that was made or accepted.
     *
     * @throws IOException if it cannot have one of them
     */
    public abstract void tune(SocketChannel channel, Settings settings) throws IOException;

    /** The other end of a connection as text. */
    public abstract String peer(SocketChannel channel);

    /** What sockets of the given type speak on its links, as {@link Link#protocol} says. */
    public Protocol protocol(SocketType type) {
        return Protocols.of(type);
    }

    /**
     * Refuses a channel that the operating system has connected, but not to a peer.
     *
     * @throws IOException tells why; the channel is closed then
     */
    public void checkConnected(SocketChannel channel) throws IOException {}

    @Override
    public final Connecting connect(Route route, Settings settings) throws IOException {
        try (var scope = new Scope()) {
            var channel = scope.add(open(route, settings));
            var connecting = new ChannelConnecting(this, channel, channel.connect(route.remote()));
            scope.release();
            return connecting;
        }
    }
}
