package io.lingmq.session;

import io.lingmq.engine.PeerInfo;
import io.lingmq.event.SocketEvent;
import io.lingmq.guard.Guard;
import io.lingmq.guard.Log;
import io.lingmq.option.Settings;
import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.ReadyHandler;
import io.lingmq.transport.ChannelTransport;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Accepts connections on one endpoint. A peer gets its pipe when its handshake is complete, and keeps it as long as the
 * connection stands.
 *
 * <p>Threading: made and started in the user's thread, then confined to the reactor's.
 */
public final class Listener implements EndpointSession, ConnectionOwner, ReadyHandler {
    /** After a failed accept the cause, mostly a full descriptor table, gets time to go away. */
    private static final long PAUSE_NS = 100_000_000L;

    private static final int MOST_ACCEPTS_PER_TURN = 64;

    private final Reactor reactor;
    private final Host host;
    private final ChannelTransport transport;
    private final ChannelTransport.Listening listening;
    private final Settings settings;
    private final Set<Connection> connections = new LinkedHashSet<>();
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private @Nullable SelectionKey key;
    private long unsent;
    /** Pipes of ended connections whose unsent messages are not counted yet. */
    private int beingCounted;

    /** A listener on a channel that was opened for it. */
    public Listener(
            Reactor reactor,
            Host host,
            ChannelTransport transport,
            ChannelTransport.Listening listening,
            Settings settings) {
        this.reactor = reactor;
        this.host = host;
        this.transport = transport;
        this.listening = listening;
        this.settings = settings;
    }

    /** Begins to accept. */
    public void start() {
        host.event(new SocketEvent.Listening(endpoint()));
        reactor.post(this::register);
    }

    private void register() {
        if (released.isDone()) {
            return;
        }
        try {
            key = reactor.register(listening.channel(), SelectionKey.OP_ACCEPT, this);
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public String endpoint() {
        return listening.endpoint();
    }

    @Override
    public void ready(int operations) {
        for (var i = 0; i < MOST_ACCEPTS_PER_TURN; i++) {
            if (!acceptOne()) {
                return;
            }
        }
    }

    private boolean acceptOne() {
        SocketChannel channel;
        try {
            channel = listening.channel().accept();
        } catch (IOException e) {
            pause(String.valueOf(e.getMessage()));
            return false;
        }
        if (channel == null) {
            return false;
        }
        try {
            welcome(channel);
        } catch (IOException | RuntimeException e) {
            closeQuietly(channel);
            host.event(new SocketEvent.AcceptFailed(endpoint(), String.valueOf(e.getMessage())));
        }
        return true;
    }

    private void welcome(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        transport.tune(channel, settings);
        var peer = transport.peer(channel);
        host.event(new SocketEvent.Accepted(endpoint(), peer));
        var connection = new Connection(reactor, host, this, settings, channel, peer);
        connections.add(connection);
        connection.start();
    }

    private void pause(String reason) {
        host.event(new SocketEvent.AcceptFailed(endpoint(), reason));
        var accepting = key;
        if (accepting != null && accepting.isValid()) {
            accepting.interestOps(0);
            reactor.schedule(PAUSE_NS, () -> {
                if (accepting.isValid()) {
                    accepting.interestOps(SelectionKey.OP_ACCEPT);
                }
            });
        }
    }

    @Override
    public void failed(Throwable cause) {
        pause("internal failure: " + cause);
        Log.warning("a listener on " + endpoint() + " failed", cause);
    }

    @Override
    public WirePipe pipeFor(Connection connection, PeerInfo peer) {
        var pipe = host.newPipe(settings);
        host.attach(pipe);
        return pipe;
    }

    @Override
    public void ended(Connection connection, Ending ending) {
        connections.remove(connection);
        var pipe = connection.pipe();
        if (pipe != null) {
            giveUp(pipe, connection.lost());
        }
        completeIfNothingIsLeft();
    }

    /** What is still in the pipe will not leave; counted when nothing more can come in, with what was half sent. */
    private void giveUp(WirePipe pipe, long lost) {
        beingCounted++;
        host.detach(pipe, () -> {
            var left = pipe.unsent() + lost;
            host.unsent(left);
            var unused = reactor.post(() -> counted(left)); // where that has stopped, nobody waits for the count
        });
    }

    private void counted(long left) {
        beingCounted--;
        unsent += left;
        completeIfNothingIsLeft();
    }

    @Override
    public void close(long lingerNs) {
        if (!reactor.post(() -> closeHere(lingerNs))) {
            closeChannel(); // the I/O thread has stopped, and with it all connections
            release();
            done.complete(0L);
        }
    }

    @Override
    public CompletableFuture<Long> finished() {
        return done;
    }

    @Override
    public CompletableFuture<Void> released() {
        return released;
    }

    private void closeHere(long lingerNs) {
        if (!released.isDone()) {
            unsent = 0;
            closeChannel();
            reactor.forgetClosed();
            release();
            host.event(new SocketEvent.Closed(endpoint()));
        }
        List.copyOf(connections).forEach(connection -> finish(connection, lingerNs));
        completeIfNothingIsLeft();
    }

    private void release() {
        Guard.run("clearing up behind a listener", listening.afterClose());
        released.complete(null);
    }

    /** From now on nothing more is put in for this peer; what is in still has its time to leave. */
    private void finish(Connection connection, long lingerNs) {
        var pipe = connection.pipe();
        if (pipe == null) {
            connection.finish(lingerNs);
        } else {
            host.detach(pipe, () -> {
                var unused = reactor.post(() -> connection.finish(lingerNs)); // where that has stopped, so has this
            });
        }
    }

    private void closeChannel() {
        try {
            listening.channel().close();
        } catch (IOException e) {
            Log.warning("closing a listener failed", e);
        }
    }

    private void completeIfNothingIsLeft() {
        if (released.isDone() && connections.isEmpty() && beingCounted == 0) {
            done.complete(unsent);
        }
    }

    private static void closeQuietly(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            Log.debug("closing a channel failed", e);
        }
    }
}
