package io.lingmq.routing;

import io.lingmq.pipe.Pipe;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which pipe has which routing id.
 *
 * <p>A peer without a name gets one: a zero octet and a counter that starts at random. Names that begin with a zero are
 * never taken from a peer.
 *
 * <p>Threading: under the socket's lock. Source: RFC 28/REQREP, "ROUTER".
 */
public final class RoutingTable {
    private final Map<ByteBuffer, Pipe> pipes = new HashMap<>();
    private int nextNumber;

    /**
     * An empty table.
     *
     * @param random gives the first number
     */
    public RoutingTable(RandomGenerator random) {
        nextNumber = random.nextInt();
    }

    /** The pipe of that name, or null. */
    public @Nullable Pipe find(byte[] id) {
        return pipes.get(ByteBuffer.wrap(id));
    }

    /** Gives a pipe the name, which must be free. */
    public void name(Pipe pipe, byte[] id) {
        forget(pipe);
        pipe.nameAs(id);
        pipes.put(ByteBuffer.wrap(id), pipe);
    }

    /** Gives a pipe a name of its own. */
    public void nameFreshly(Pipe pipe) {
        byte[] id;
        do {
            id = ByteBuffer.allocate(5).put((byte) 0).putInt(nextNumber++).array();
        } while (find(id) != null);
        name(pipe, id);
    }

    /** Takes a pipe's name back. */
    public void forget(Pipe pipe) {
        pipes.remove(ByteBuffer.wrap(pipe.routingId()), pipe);
    }

    /** All pipes that have a name. */
    public Iterable<Pipe> pipes() {
        return pipes.values();
    }
}
