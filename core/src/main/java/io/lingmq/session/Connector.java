package io.lingmq.session;

import io.lingmq.engine.PeerInfo;
import io.lingmq.event.SocketEvent;
import io.lingmq.guard.Log;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.ReadyHandler;
import io.lingmq.reactor.Timer;
import io.lingmq.transport.ChannelTransport;
import io.lingmq.transport.Endpoint;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection to one endpoint: resolves its name, connects, and does so again after each loss, with growing
 * waits, until it is closed.
 *
 * <p>Its pipe exists from the beginning and lives across connections, so that messages can be sent before the peer is
 * there; with {@code IMMEDIATE} there is a pipe only while there is a peer.
 *
 * <p>Threading: made and started in the user's thread, then confined to the reactor's.
 */
public final class Connector implements EndpointSession, ConnectionOwner, ReadyHandler {
    private final Reactor reactor;
    private final Executor resolver;
    private final Host host;
    private final ChannelTransport transport;
    private final Endpoint endpoint;
    private final Settings settings;
    private final Backoff backoff;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private volatile @Nullable WirePipe pipe;
    private volatile boolean closeAsked;
    private @Nullable Timer lingerTimer;
    private @Nullable Connection connection;
    private @Nullable SocketChannel dialing;
    private @Nullable SelectionKey dialingKey;
    private @Nullable Timer timer;
    private int attempts;
    private boolean closing;
    /** Nothing is attempted any more; {@code done} says so to others once what is lost is counted. */
    private boolean over;
    /** Lost in their midst since it is closing. */
    private long lost;

    /** A connector that has not begun. */
    public Connector(
            Reactor reactor,
            Executor resolver,
            Host host,
            ChannelTransport transport,
            Endpoint endpoint,
            Settings settings) {
        this.reactor = reactor;
        this.resolver = resolver;
        this.host = host;
        this.transport = transport;
        this.endpoint = endpoint;
        this.settings = settings;
        backoff = new Backoff(settings, RandomGenerator.getDefault());
    }

    /** Begins to connect; from now on messages can be sent. */
    public void start() {
        if (!settings.get(Options.IMMEDIATE)) {
            var lane = newPipe();
            pipe = lane;
            host.attach(lane);
        }
        reactor.post(this::attempt);
    }

    private WirePipe newPipe() {
        var lane = host.newPipe(settings);
        lane.nameAs(settings.get(Options.CONNECT_ROUTING_ID));
        return lane;
    }

    @Override
    public String endpoint() {
        return endpoint.toString();
    }

    // ---- connecting

    private void attempt() {
        if (over) {
            return;
        }
        if (!transport.mayBlock(endpoint.address())) {
            resolveAndDial(Runnable::run);
            return;
        }
        // A name server may take its time: not on the thread that serves all other connections.
        try {
            resolver.execute(() -> resolveAndDial(reactor::post));
        } catch (RuntimeException e) {
            failedAttempt("cannot look the name up: " + e.getMessage());
        }
    }

    private void resolveAndDial(Executor then) {
        List<SocketAddress> addresses;
        try {
            addresses = transport.resolve(endpoint.address(), settings);
        } catch (IOException e) {
            then.execute(() -> failedAttempt("the name does not resolve: " + e.getMessage()));
            return;
        }
        then.execute(() -> dial(addresses));
    }

    private void dial(List<SocketAddress> addresses) {
        if (over) {
            return;
        }
        var remote = addresses.get(attempts++ % addresses.size());
        try {
            var channel = transport.open(endpoint.address(), remote, settings);
            dialing = channel;
            if (channel.connect(remote)) {
                connected(channel);
                return;
            }
            dialingKey = reactor.register(channel, SelectionKey.OP_CONNECT, this);
        } catch (IOException | RuntimeException e) {
            failedAttempt(String.valueOf(e.getMessage()));
            return;
        }
        var limitNs = settings.nanos(Options.CONNECT_TIMEOUT);
        if (limitNs > 0 && limitNs < Long.MAX_VALUE) {
            schedule(limitNs, () -> failedAttempt("no answer within the connect time-out"));
        }
    }

    @Override
    public void ready(int operations) {
        var channel = dialing;
        if (channel == null) {
            return;
        }
        try {
            if (channel.finishConnect()) {
                connected(channel);
            }
        } catch (IOException e) {
            failedAttempt(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void failed(Throwable cause) {
        failedAttempt("internal failure: " + cause);
    }

    private void connected(SocketChannel channel) throws IOException {
        cancelTimer();
        if (channel.getLocalAddress() != null && channel.getLocalAddress().equals(channel.getRemoteAddress())) {
            // Nobody listened, and the operating system chose the very port that we dial. Who comes to listen there
            // would find it taken for a minute, were this connection closed the usual way.
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            failedAttempt("connected to itself: nobody listens there");
            return;
        }
        dialing = null;
        dialingKey = null;
        var peer = transport.peer(channel);
        host.event(new SocketEvent.Connected(endpoint(), peer));
        var made = new Connection(reactor, host, this, settings, channel, peer);
        connection = made;
        made.start();
    }

    private void failedAttempt(String reason) {
        if (over) {
            return;
        }
        cancelTimer();
        closeDialing();
        host.event(new SocketEvent.ConnectFailed(endpoint(), reason));
        retryIn(backoff.nextNs());
    }

    private void retryIn(long delayNs) {
        if (backoff.givesUp() || (closing && pipe == null)) {
            complete();
            return;
        }
        host.event(new SocketEvent.RetryScheduled(endpoint(), Duration.ofNanos(delayNs)));
        schedule(delayNs, this::attempt);
    }

    // ---- connected

    @Override
    public WirePipe pipeFor(Connection opened, PeerInfo peer) {
        backoff.reset(System.nanoTime());
        if (closing) {
            reactor.post(() -> opened.finish(Long.MAX_VALUE));
        }
        var lane = pipe;
        if (lane == null) {
            lane = newPipe();
            pipe = lane;
            host.attach(lane);
            if (closeAsked) { // perhaps just now, by one who saw no pipe
                host.detach(lane);
            }
        }
        return lane;
    }

    @Override
    public void ended(Connection over, Ending ending) {
        connection = null;
        var lane = pipe;
        if (lane != null && over.pipe() != null) {
            countLost(over.lost());
            host.closed(lane);
        }
        if (closing && (ending.kind() == Ending.Kind.FINISHED || lane == null || lane.unsent() == 0)) {
            complete();
            return;
        }
        if (lane != null && settings.get(Options.IMMEDIATE)) {
            pipe = null;
            giveUp(lane, unsent -> {});
        }
        retryIn(ending.kind() == Ending.Kind.RULE_BROKEN ? backoff.longestNs() : backoff.nextNs());
    }

    private void countLost(long messages) {
        if (messages > 0) {
            host.unsent(messages);
            lost += closing ? messages : 0;
        }
    }

    // ---- closing

    @Override
    public void close(long lingerNs) {
        closeAsked = true;
        var lane = pipe;
        if (lane == null) {
            begin(lingerNs);
        } else {
            host.detach(lane, () -> begin(lingerNs)); // what is in the pipe then is all that has to leave
        }
    }

    private void begin(long lingerNs) {
        if (!reactor.post(() -> closeHere(lingerNs))) {
            done.complete(unsentOf(pipe)); // the I/O thread has stopped, and with it all connections
        }
    }

    @Override
    public CompletableFuture<Long> finished() {
        return done;
    }

    @Override
    public CompletableFuture<Void> released() {
        return CompletableFuture.completedFuture(null);
    }

    private void closeHere(long lingerNs) {
        if (over) {
            return;
        }
        closing = true;
        if (lingerNs > 0 && lingerNs != Long.MAX_VALUE) {
            endLingerIn(lingerNs);
        }
        var nothingToSend = lingerNs <= 0 || pipe == null || pipe.unsent() == 0;
        if (connection != null && (nothingToSend || connection.isOpen())) {
            connection.finish(lingerNs);
        } else if (connection == null && nothingToSend) {
            complete();
        }
        // Else it goes on to connect, and finishes when it has sent what there is or the time is over.
    }

    private void endLingerIn(long lingerNs) {
        if (lingerTimer == null || !lingerTimer.isDueBefore(System.nanoTime() + lingerNs)) {
            if (lingerTimer != null) {
                lingerTimer.cancel();
            }
            lingerTimer = reactor.schedule(lingerNs, () -> closeHere(0));
        }
    }

    /** Nothing more will come or go. */
    private void complete() {
        if (over) {
            return;
        }
        over = true;
        cancelTimer();
        if (lingerTimer != null) {
            lingerTimer.cancel();
        }
        closeDialing();
        var lane = pipe;
        if (lane == null) {
            tellOfEnd(lost);
        } else {
            giveUp(lane, unsent -> {
                var all = unsent + lost;
                if (!reactor.post(() -> tellOfEnd(all))) {
                    done.complete(all);
                }
            });
        }
    }

    private void tellOfEnd(long unsent) {
        host.event(new SocketEvent.Closed(endpoint()));
        done.complete(unsent);
    }

    /**
     * What is still in the pipe will not leave; counted when nothing more can come in.
     *
     * @param counted hears how much it was, under the socket's lock
     */
    private void giveUp(WirePipe lane, LongConsumer counted) {
        host.detach(lane, () -> {
            var unsent = unsentOf(lane);
            host.unsent(unsent);
            counted.accept(unsent);
        });
    }

    private static long unsentOf(@Nullable WirePipe lane) {
        return lane == null ? 0 : lane.unsent();
    }

    private void closeDialing() {
        var channel = dialing;
        dialing = null;
        if (dialingKey != null) {
            dialingKey.cancel();
            dialingKey = null;
        }
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            Log.debug("closing a channel failed", e);
        }
    }

    private void schedule(long delayNs, Runnable task) {
        cancelTimer();
        timer = reactor.schedule(delayNs, task);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
