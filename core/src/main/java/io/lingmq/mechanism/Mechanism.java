package io.lingmq.mechanism;

/**
 * A security mechanism as one socket has configured it. It begins a handshake for each connection.
 *
 * <p>Threading: immutable; any thread. No method may block.
 *
 * <p>Source: RFC 37/ZMTP, "Security Handshake".
 */
public interface Mechanism {
    /** The name in the greeting, which must be the same on both sides. */
    String name();

    /**
     * Whether this side plays the server; NULL has no roles. A peer whose greeting says that it plays the server too is
     * refused. One that is a server may keep it to itself, as libzmq does.
     */
    boolean asServer();

    /** Whether peers that know no mechanism may come in: those older than ZMTP 3.0. */
    default boolean admitsOldPeers() {
        return false;
    }

    /** Begins the handshake of one connection. */
    Handshake begin(HandshakeContext context);
}
