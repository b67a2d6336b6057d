package io.lingmq.contract.pigeon;

import io.lingmq.reactor.Reactor;
import io.lingmq.transport.Acceptor;
import io.lingmq.transport.Link;
import io.lingmq.transport.ReadyWatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/**
 * An address that pigeons come to. It accepts one link, which is for all senders; another one when that has ended while
 * the address is still wanted. What waits in it when the address is given up is lost.
 *
 * <p>Threading: as {@link Acceptor} says.
 */
final class Loft implements Acceptor {
    private final InetSocketAddress address;
    private PigeonLink current;
    private PigeonLink waiting;
    private Reactor reactor;
    private ReadyWatcher watcher;
    private boolean closed;

    Loft(PigeonLink first) {
        current = first;
        waiting = first;
        address = first.local();
    }

    @Override
    public String endpoint() {
        return "pigeon://" + address.getPort();
    }

    @Override
    public void watch(Reactor by, ReadyWatcher told) {
        reactor = by;
        watcher = told;
        acceptInterest(true);
    }

    @Override
    public void acceptInterest(boolean wanted) {
        if (wanted && !closed) {
            reactor.post(watcher::ready);
        }
    }

    @Override
    public Link accept() throws IOException {
        if (closed || (waiting == null && current.isOpen())) {
            return null;
        }
        if (waiting == null) {
            current = PigeonLink.at(address);
        }
        waiting = null;
        return current;
    }

    @Override
    public boolean sharesAddressWithLinks() {
        return true;
    }

    @Override
    public void close() {
        closed = true;
        try {
            current.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
