package io.lingmq;

import io.lingmq.socket.SocketCore;

/**
 * A socket of any type, for tools and adapters that learn the type at run time. What its type cannot do ends in a
 * NotSupportedException; where the type is known, the class of that type does not offer it.
 *
 * <p>Source: RFC 28 to 31.
 */
public final class AnySocket extends SubscribingSocket {
    AnySocket(SocketCore core) {
        super(core);
    }
}
