package io.lingmq.session;

import java.nio.ByteBuffer;

/**
 * Octets of a peer that were read and could not be sorted yet, since its pipe was full. Never more than one read
 * brings: nothing is read while there are some.
 *
 * <p>Its array is kept for the next time, and dropped when the connection has been idle.
 *
 * <p>Threading: for who has the connection's reading role.
 */
final class Leftover {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private ByteBuffer octets = NONE;

    boolean isEmpty() {
        return !octets.hasRemaining();
    }

    /** What is left over, to be taken from its front. */
    ByteBuffer octets() {
        return octets;
    }

    /** Keeps a copy of what remains in a buffer. */
    void keep(ByteBuffer rest) {
        assert isEmpty() : "nothing is read while something is left over";
        if (!rest.hasRemaining()) {
            return;
        }
        if (octets.capacity() < rest.remaining()) {
            octets = ByteBuffer.allocate(rest.remaining());
        }
        octets.clear().put(rest).flip();
    }

    /** Drops the array if nothing is in it. */
    void dropArray() {
        if (isEmpty()) {
            octets = NONE;
        }
    }

    /** Drops all. */
    void forget() {
        octets = NONE;
    }
}
