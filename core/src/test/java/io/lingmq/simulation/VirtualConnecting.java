package io.lingmq.simulation;

import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.SteppedReactor;
import io.lingmq.transport.Connecting;
import io.lingmq.transport.Link;
import io.lingmq.transport.ReadyWatcher;
import java.io.IOException;

/** An attempt to reach an address of the virtual network. */
final class VirtualConnecting implements Connecting, SteppedReactor.Source {
    private static final long ASK_AGAIN_NS = 1_000_000_000;

    private final VirtualNetwork network;
    private final String host;
    private final String address;
    private final String peerHost;
    private VirtualLink link;
    private String refusal;
    private boolean over;
    private SteppedReactor reactor;
    private ReadyWatcher watcher;

    VirtualConnecting(VirtualNetwork network, String host, String address) {
        this.network = network;
        this.host = host;
        this.address = address;
        peerHost = address.substring(0, address.indexOf(':'));
        network.world.in(network.delayNs(), this::ask);
    }

    private void ask() {
        if (over) {
            return;
        }
        if (network.areParted(host, peerHost)) {
            network.world.in(ASK_AGAIN_NS, this::ask);
            return;
        }
        var acceptor = network.find(address);
        if (acceptor == null) {
            network.world.in(network.delayNs(), () -> answered("connection refused"));
            return;
        }
        var ends = network.join(host, peerHost);
        link = ends[0];
        acceptor.add(ends[1]);
        network.world.in(network.delayNs(), () -> answered(null));
    }

    private void answered(String why) {
        refusal = why == null ? "" : why;
        if (reactor != null) {
            reactor.news(this);
        }
    }

    @Override
    public void watch(Reactor on, ReadyWatcher by) {
        reactor = (SteppedReactor) on;
        watcher = by;
        reactor.watch(this);
    }

    @Override
    public Link finish() throws IOException {
        if (refusal == null) {
            return null;
        }
        if (!refusal.isEmpty()) {
            throw new IOException(refusal);
        }
        end();
        return link;
    }

    private void end() {
        over = true;
        if (reactor != null) {
            reactor.forget(this);
        }
    }

    @Override
    public void close() {
        if (!over) {
            end();
            if (link != null) {
                link.close();
            }
        }
    }

    @Override
    public boolean isReady() {
        return !over && refusal != null;
    }

    @Override
    public void dispatch() {
        watcher.ready();
    }

    @Override
    public void failed(Throwable cause) {
        network.world.violated("an attempt to connect failed: " + cause);
        watcher.failed(cause);
    }

    @Override
    public void unwatched() {
        close();
    }
}
