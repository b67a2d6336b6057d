package io.lingmq.contract.pigeon;

import io.lingmq.reactor.Reactor;
import io.lingmq.transport.Connecting;
import io.lingmq.transport.Link;
import io.lingmq.transport.ReadyWatcher;
import java.io.IOException;

/** An attempt to connect that has succeeded already, as nobody is asked. Threading: the reactor's thread. */
final class Departure implements Connecting {
    private final PigeonLink link;
    private boolean given;

    Departure(PigeonLink link) {
        this.link = link;
    }

    @Override
    public Link finish() {
        given = true;
        return link;
    }

    @Override
    public void watch(Reactor reactor, ReadyWatcher watcher) {
        throw new IllegalStateException("there is nothing to wait for");
    }

    @Override
    public void close() throws IOException {
        if (!given) {
            link.close();
        }
    }
}
