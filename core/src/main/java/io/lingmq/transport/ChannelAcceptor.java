package io.lingmq.transport;

import io.lingmq.option.Settings;
import io.lingmq.reactor.Reactor;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A listening channel that has its address. Threading: as {@link Acceptor} says. */
public final class ChannelAcceptor implements Acceptor {
    private final ChannelTransport transport;
    private final Settings settings;
    private final ServerSocketChannel channel;
    private final String endpoint;
    private final Scope resources;
    private volatile @Nullable Reactor watching;
    private @Nullable SelectionKey key;

    /**
     * An acceptor for a channel that is bound.
     *
     * @param transport names peers and tunes their channels
     * @param settings what their channels are tuned to
     * @param channel accepts connections, in non-blocking mode
     * @param endpoint the endpoint as peers would write it
     * @param resources all that has to be closed with it, the channel too
     */
    public ChannelAcceptor(
            ChannelTransport transport,
            Settings settings,
            ServerSocketChannel channel,
            String endpoint,
            Scope resources) {
        this.transport = transport;
        this.settings = settings;
        this.channel = channel;
        this.endpoint = endpoint;
        this.resources = resources;
    }

    /** The listening channel. */
    public ServerSocketChannel channel() {
        return channel;
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public void watch(Reactor reactor, ReadyWatcher watcher) throws IOException {
        key = reactor.register(channel, SelectionKey.OP_ACCEPT, ChannelConnecting.handler(watcher));
        watching = reactor;
    }

    @Override
    public void acceptInterest(boolean wanted) {
        var watched = key;
        if (watched != null && watched.isValid()) {
            watched.interestOps(wanted ? SelectionKey.OP_ACCEPT : 0);
        }
    }

    @Override
    public @Nullable Link accept() throws IOException {
        var accepted = channel.accept();
        return accepted == null ? null : prepared(accepted);
    }

    private Link prepared(SocketChannel accepted) throws LinkFailedException {
        try (var scope = new Scope()) {
            scope.add(accepted);
            accepted.configureBlocking(false);
            transport.tune(accepted, settings);
            var link = new ChannelLink(transport, accepted);
            scope.release();
            return link;
        } catch (IOException | RuntimeException e) {
            throw new LinkFailedException(e);
        }
    }

    /** A closed channel keeps its descriptor, and so the address, until the selector has forgotten it. */
    @Override
    public void close() {
        resources.close();
        var reactor = watching;
        if (reactor != null && reactor.isHere()) {
            reactor.forgetClosed();
        }
    }
}
