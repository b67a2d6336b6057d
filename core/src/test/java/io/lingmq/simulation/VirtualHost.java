package io.lingmq.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Waits for peers at an address of a {@link Lab}. */
public final class VirtualHost implements AutoCloseable {
    private final Lab lab;
    private final World world;
    private final VirtualAcceptor acceptor;

    VirtualHost(Lab lab, World world, VirtualAcceptor acceptor) {
        this.lab = lab;
        this.world = world;
        this.acceptor = acceptor;
    }

    /** The next one who comes. */
    public VirtualPeer accept() {
        lab.until("somebody connects", acceptor::hasCallers);
        try {
            return new VirtualPeer(lab, world, acceptor.accept());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        acceptor.close();
    }
}
