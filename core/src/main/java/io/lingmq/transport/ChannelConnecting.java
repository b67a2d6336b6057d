package io.lingmq.transport;

import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.ReadyHandler;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A channel that is connecting. Threading: the reactor's thread. */
final class ChannelConnecting implements Connecting {
    private final ChannelTransport transport;
    private final SocketChannel channel;
    private final boolean atOnce;
    private boolean given;

    /**
     * An attempt that has begun.
     *
     * @param atOnce whether the channel was connected without a wait
     */
    ChannelConnecting(ChannelTransport transport, SocketChannel channel, boolean atOnce) {
        this.transport = transport;
        this.channel = channel;
        this.atOnce = atOnce;
    }

    @Override
    public void watch(Reactor reactor, ReadyWatcher watcher) throws IOException {
        reactor.register(channel, SelectionKey.OP_CONNECT, handler(watcher));
    }

    /** Tells a watcher, which has asked for one operation only, that the channel is ready for it. */
    static ReadyHandler handler(ReadyWatcher watcher) {
        return new ReadyHandler() {
            @Override
            public void ready(int operations) {
                watcher.ready();
            }

            @Override
            public void failed(Throwable cause) {
                watcher.failed(cause);
            }
        };
    }

    @Override
    public @Nullable Link finish() throws IOException {
        if (!atOnce && !channel.finishConnect()) {
            return null;
        }
        transport.checkConnected(channel);
        var link = new ChannelLink(transport, channel);
        given = true;
        return link;
    }

    @Override
    public void close() throws IOException {
        if (!given) {
            channel.close();
        }
    }
}
