package io.lingmq.simulation;

import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.SteppedReactor;
import io.lingmq.transport.Acceptor;
import io.lingmq.transport.Link;
import io.lingmq.transport.LinkFailedException;
import io.lingmq.transport.ReadyWatcher;
import java.io.IOException;
import java.util.ArrayDeque;

/** An address of the virtual network that somebody is bound to. */
final class VirtualAcceptor implements Acceptor, SteppedReactor.Source {
    private final VirtualNetwork network;
    private final ArrayDeque<VirtualLink> waiting = new ArrayDeque<>();
    private final String address;
    private boolean wanted;
    private boolean closed;
    private SteppedReactor reactor;
    private ReadyWatcher watcher;

    VirtualAcceptor(VirtualNetwork network, String host, String port) {
        this.network = network;
        address = network.bind(host, port, this);
    }

    void add(VirtualLink link) {
        waiting.add(link);
        if (reactor != null) {
            reactor.news(this);
        }
    }

    boolean hasCallers() {
        return !waiting.isEmpty();
    }

    @Override
    public String endpoint() {
        return VirtualTransport.SCHEME + "://" + address;
    }

    @Override
    public void watch(Reactor on, ReadyWatcher by) {
        reactor = (SteppedReactor) on;
        watcher = by;
        wanted = true;
        reactor.watch(this);
    }

    @Override
    public void acceptInterest(boolean isWanted) {
        wanted = isWanted;
        if (reactor != null) {
            reactor.news(this);
        }
    }

    @Override
    public Link accept() throws IOException {
        if (closed) {
            throw new IOException("the acceptor is closed");
        }
        if (waiting.isEmpty()) {
            return null;
        }
        if (network.accident(0.01)) {
            throw new IOException("no descriptors are left");
        }
        var link = waiting.poll();
        if (network.accident(0.01)) {
            link.close();
            throw new LinkFailedException(new IOException("the peer has gone already"));
        }
        return link;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            network.unbind(address, this);
            if (reactor != null) {
                reactor.forget(this);
            }
            waiting.forEach(VirtualLink::close);
            waiting.clear();
        }
    }

    @Override
    public boolean isReady() {
        return !closed && wanted && !waiting.isEmpty();
    }

    @Override
    public void dispatch() {
        watcher.ready();
    }

    @Override
    public void failed(Throwable cause) {
        network.world.violated("a listener failed: " + cause);
        watcher.failed(cause);
    }

    @Override
    public void unwatched() {
        close();
    }
}
