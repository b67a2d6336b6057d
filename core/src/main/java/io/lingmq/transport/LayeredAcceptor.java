package io.lingmq.transport;

import io.lingmq.reactor.Reactor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Puts a layer over the links of another acceptor. Threading: as {@link Acceptor} says. */
final class LayeredAcceptor implements Acceptor {
    private final Acceptor below;
    private final LinkLayer layer;

    LayeredAcceptor(Acceptor below, LinkLayer layer) {
        this.below = below;
        this.layer = layer;
    }

    @Override
    public String endpoint() {
        return below.endpoint();
    }

    @Override
    public void watch(Reactor reactor, ReadyWatcher watcher) throws IOException {
        below.watch(reactor, watcher);
    }

    @Override
    public void acceptInterest(boolean wanted) {
        below.acceptInterest(wanted);
    }

    @Override
    public @Nullable Link accept() throws IOException {
        var accepted = below.accept();
        return accepted == null ? null : layered(accepted);
    }

    private Link layered(Link accepted) throws LinkFailedException {
        try (var scope = new Scope()) {
            scope.add(accepted);
            var link = layer.over(accepted);
            scope.release();
            return link;
        } catch (IOException | RuntimeException e) {
            throw new LinkFailedException(e);
        }
    }

    @Override
    public boolean sharesAddressWithLinks() {
        return below.sharesAddressWithLinks();
    }

    @Override
    public void close() {
        below.close();
    }
}
