package io.lingmq.transport;

import io.lingmq.reactor.Reactor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Puts a layer over the link of another attempt. Threading: as {@link Connecting} says. */
final class LayeredConnecting implements Connecting {
    private final Connecting below;
    private final LinkLayer layer;

    LayeredConnecting(Connecting below, LinkLayer layer) {
        this.below = below;
        this.layer = layer;
    }

    @Override
    public void watch(Reactor reactor, ReadyWatcher watcher) throws IOException {
        below.watch(reactor, watcher);
    }

    @Override
    public @Nullable Link finish() throws IOException {
        var connected = below.finish();
        if (connected == null) {
            return null;
        }
        try (var scope = new Scope()) {
            scope.add(connected);
            var link = layer.over(connected);
            scope.release();
            return link;
        }
    }

    @Override
    public void close() throws IOException {
        below.close();
    }
}
