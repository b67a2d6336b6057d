package io.lingmq.transport;

import java.io.IOException;

/**
 * Puts a link over another one, as TLS lies over a channel.
 *
 * <p>Threading: the reactor's thread. It must not block.
 */
@FunctionalInterface
public interface LinkLayer {
    /**
     * The link that lies over another one; a {@link LayeredLink}, most likely. The one below is its own from now on.
     *
     * @throws IOException if it cannot be made; the one below is closed then
     */
    Link over(Link below) throws IOException;

    /** An acceptor that puts this layer over each link that is accepted. */
    default Acceptor accepting(Acceptor below) {
        return new LayeredAcceptor(below, this);
    }

    /** An attempt to connect that puts this layer over its link. */
    default Connecting connecting(Connecting below) {
        return new LayeredConnecting(below, this);
    }
}
