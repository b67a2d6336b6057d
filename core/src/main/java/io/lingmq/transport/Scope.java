package io.lingmq.transport;

import io.lingmq.guard.Log;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * What was opened and has no owner yet. Whoever opens something in several steps adds each resource to a scope in a
 * {@code try} statement; when all steps have succeeded {@link #release} hands them to their owner, else they are
 * closed, the last one first.
 *
 * <pre>
 *   try (var scope = new Scope()) {
 *       var channel = scope.add(SocketChannel.open());
 *       ...
 *       return new Listening(channel, endpoint, scope.release());
 *   }
 * </pre>
 *
 * <p>Threading: any thread; each resource is closed once.
 */
public final class Scope implements Closeable {
    private final ConcurrentLinkedDeque<Closeable> held = new ConcurrentLinkedDeque<>();

    /** A scope that holds nothing. */
    public Scope() {}

    /** Holds a resource until it is released or closed. */
    public <T extends Closeable> T add(T resource) {
        held.addLast(resource);
        return resource;
    }

    /** Gives all resources away, as one that closes them, the last one first. */
    public Scope release() {
        var released = new Scope();
        released.held.addAll(held);
        held.clear();
        return released;
    }

    /** Closes what is held. A failure is logged and keeps nothing else from being closed. */
    @Override
    public void close() {
        Closeable resource;
        while ((resource = held.pollLast()) != null) {
            try {
                resource.close();
            } catch (IOException | RuntimeException e) {
                Log.warning("cannot close " + resource, e);
            }
        }
    }
}
