package io.lingmq.socket;

import io.lingmq.session.EndpointSession;
import io.lingmq.transport.inproc.InprocDirectory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A socket's name in its own process, and those who are connected through it.
 *
 * <p>Threading: any thread.
 */
final class InprocBind implements EndpointSession {
    private final InprocDirectory<InprocBind, InprocConnect> directory;
    private final SocketCore socket;
    private final String name;
    private final Set<InprocConnect> connected = ConcurrentHashMap.newKeySet();

    InprocBind(InprocDirectory<InprocBind, InprocConnect> directory, SocketCore socket, String name) {
        this.directory = directory;
        this.socket = socket;
        this.name = name;
    }

    SocketCore socket() {
        return socket;
    }

    /** Takes the name and marries those who wait for it. */
    void start() {
        directory.bind(name, this).forEach(waiting -> waiting.join(this));
    }

    void joined(InprocConnect connect) {
        connected.add(connect);
    }

    void parted(InprocConnect connect) {
        connected.remove(connect);
    }

    @Override
    public String endpoint() {
        return "inproc://" + name;
    }

    @Override
    public void close(long lingerNs) {
        directory.unbind(name, this);
        List.copyOf(connected).forEach(InprocConnect::binderGone);
    }

    @Override
    public CompletableFuture<Long> finished() {
        return CompletableFuture.completedFuture(0L);
    }

    @Override
    public CompletableFuture<Void> released() {
        return CompletableFuture.completedFuture(null);
    }
}
