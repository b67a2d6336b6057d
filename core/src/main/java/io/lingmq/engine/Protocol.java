package io.lingmq.engine;

import io.lingmq.mechanism.HandshakeContext;
import io.lingmq.mechanism.Mechanism;

/**
 * A language on a byte stream: begins a connection with an {@link Opening}, which leads to {@link Traffic}.
 *
 * <p>Contract: a protocol is immutable, and any thread may begin a connection. What it makes belongs to that
 * connection: octets, commands and times go in, octets, messages and commands come out; there is no channel, thread,
 * clock or random number in it. Nothing here blocks. An exception of any kind ends the connection alone.
 */
public interface Protocol {
    /**
     * Begins one connection.
     *
     * @param mechanism the security mechanism of the socket's endpoint; a protocol that knows none leaves it alone
     * @param context what is known of the own socket and of the peer's address
     */
    Opening open(Mechanism mechanism, HandshakeContext context);

    /**
     * Whether each read that it is given is a datagram, and each fill of its {@link Outbound} becomes one. Its link
     * must say the same of itself, as {@code preservesBoundaries}: else the connection does not begin.
     */
    default boolean readsDatagrams() {
        return false;
    }
}
