package io.lingmq.bench.peer;

import java.util.List;

/**
 * A ZeroMQ library, as far as the measurements use it.
 *
 * <p>One process loads one implementation, so the compiler sees through this interface and it costs nothing; and both
 * libraries are certain to do the same work.
 */
interface Library {
    /** A socket of the given kind. */
    Port open(Kind kind);

    /** Waits for any of several ports. */
    Watch watch(List<Port> ports);

    /** Passes messages from one port to the other with the library's own proxy, until the process ends. */
    void relay(Port from, Port to) throws InterruptedException;

    /** The socket types that the measurements use. */
    enum Kind {
        PUSH,
        PULL,
        REQ,
        REP,
        XPUB,
        SUB,
        ROUTER,
        DEALER
    }

    /** What waits for several ports. */
    interface Watch {
        /** Waits until one of them has something to receive; returns those that have. */
        List<Port> await() throws InterruptedException;
    }
}
