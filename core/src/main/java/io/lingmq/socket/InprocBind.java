package io.lingmq.socket;

import io.lingmq.guard.Guard;
import io.lingmq.session.EndpointSession;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A socket's name in its own process, and those who are connected through it.
 *
 * <p>Threading: any thread; its own lock guards who is connected, and nobody is called under it.
 */
final class InprocBind implements EndpointSession {
    private final Inproc inproc;
    private final SocketCore socket;
    private final String name;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private final Set<InprocConnect> connected = new LinkedHashSet<>();
    private boolean closed;

    InprocBind(Inproc inproc, SocketCore socket, String name) {
        this.inproc = inproc;
        this.socket = socket;
        this.name = name;
    }

    SocketCore socket() {
        return socket;
    }

    /** Takes the name and marries those who wait for it. */
    void start() {
        inproc.directory().bind(name, this).forEach(waiting -> call(() -> waiting.offered(this)));
    }

    /**
     * Takes a connect in, which will be told when the name is given up; false if that has happened: it could wait for
     * ever for one who has gone.
     */
    synchronized boolean admit(InprocConnect connect) {
        if (!closed) {
            connected.add(connect);
        }
        return !closed;
    }

    synchronized void parted(InprocConnect connect) {
        connected.remove(connect);
    }

    @Override
    public String endpoint() {
        return "inproc://" + name;
    }

    @Override
    public void close(long lingerNs) {
        inproc.directory().unbind(name, this);
        var left = letGo();
        inproc.hereOrSoon(() -> {
            left.forEach(connect -> call(() -> connect.binderGone(this)));
            done.complete(0L);
        });
    }

    /** What one of those at the other ends throws is its own: the others are called too. */
    private static void call(Runnable connect) {
        Guard.run("a connector over inproc", connect);
    }

    private synchronized List<InprocConnect> letGo() {
        closed = true;
        var left = List.copyOf(connected);
        connected.clear();
        return left;
    }

    @Override
    public CompletableFuture<Long> finished() {
        return done;
    }

    /** At once: the name is free when {@link #close} returns. */
    @Override
    public CompletableFuture<Void> released() {
        return CompletableFuture.completedFuture(null);
    }
}
