package io.lingmq.session;

import io.lingmq.engine.PeerInfo;
import io.lingmq.event.SocketEvent;
import io.lingmq.guard.Guard;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.Task;
import io.lingmq.reactor.Timer;
import io.lingmq.session.ConnectorState.News;
import io.lingmq.time.NanoTime;
import io.lingmq.transport.Endpoint;
import io.lingmq.transport.Link;
import io.lingmq.transport.Scope;
import io.lingmq.transport.Transport;
import io.lingmq.transport.Transport.Route;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection to one endpoint: resolves its name, connects to the first of its addresses that answers, and does
 * so again after each loss, with growing waits, until it is closed.
 *
 * <p>What it is about is its {@link ConnectorState}. Beside that it may be closing: then it goes on only to send what
 * its pipe still holds.
 *
 * <p>Its pipe exists from the beginning and lives across connections, so that messages can be sent before the peer is
 * there; with {@code IMMEDIATE} there is a pipe only while there is a peer.
 *
 * <p>Threading: made and started in the user's thread, then confined to the reactor's.
 */
public final class Connector implements EndpointSession, ConnectionOwner {
    private final Reactor reactor;
    private final Executor resolver;
    private final SessionOwner socket;
    private final Transport transport;
    private final Endpoint endpoint;
    private final Settings settings;
    private final Backoff backoff;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private final Task attempting = new Task(this::attempt);
    private volatile @Nullable WirePipe pipe;
    private volatile boolean closeAsked;
    private @Nullable Timer lingerTimer;
    private @Nullable Connection connection;
    private @Nullable Dialing dialing;
    private @Nullable Timer timer;
    private int rounds;
    private boolean closing;
    /** OVER before {@code done} says so to others, which is when what is lost is counted. */
    private volatile ConnectorState state = ConnectorState.WAITING;
    /** Lost in their midst since it is closing. */
    private long lost;

    /**
     * A connector that has not begun.
     *
     * @param resolver runs what may wait for a name server
     * @param random spreads the waits before it connects again
     */
    public Connector(
            Reactor reactor,
            Executor resolver,
            RandomGenerator random,
            SessionOwner socket,
            Transport transport,
            Endpoint endpoint,
            Settings settings) {
        this.reactor = reactor;
        this.resolver = resolver;
        this.socket = socket;
        this.transport = transport;
        this.endpoint = endpoint;
        this.settings = settings;
        backoff = new Backoff(settings, random);
    }

    /** Begins to connect; from now on messages can be sent. */
    public void start() {
        if (!settings.get(Options.IMMEDIATE)) {
            var current = newPipe();
            pipe = current;
            socket.attach(current);
        }
        if (!reactor.post(this::attempt)) { // it has stopped, so nothing else is going on here
            complete();
        }
    }

    private WirePipe newPipe() {
        var created = socket.newPipe(settings);
        created.peerRecord().connectedTo(endpoint());
        created.nameAs(settings.get(Options.CONNECT_ROUTING_ID));
        return created;
    }

    @Override
    public String endpoint() {
        return endpoint.toString();
    }

    /** Goes on to the next state; false if the news mean nothing in this one. */
    private boolean transition(News news) {
        var next = state.after(news);
        if (next == null) {
            return false;
        }
        state = next;
        return true;
    }

    // ---- connecting

    private void attempt() {
        assert reactor.isHere() : "on the reactor's thread";
        if (!transition(News.ATTEMPTS)) {
            return;
        }
        if (isHungUp(pipe) && unsentOf(pipe) == 0) {
            complete(); // a connection would only be made to be ended
            return;
        }
        try {
            if (transport.mayBlock(endpoint.address())) {
                // A name server may take its time: not on the thread that serves all other connections.
                resolver.execute(() -> resolve(this::post));
            } else {
                resolve(Runnable::run);
            }
        } catch (RuntimeException | Error e) { // no thread to be had, say
            failedAttempt("cannot look the name up: " + e.getMessage());
        }
    }

    /** Should the reactor have stopped, there is nothing left to connect, and nothing is open yet. */
    private void post(Runnable task) {
        var unused = reactor.post(task);
    }

    private void resolve(Executor then) {
        List<Route> routes;
        try {
            routes = transport.resolve(endpoint.address(), settings);
            if (routes.isEmpty()) {
                throw new IOException("its transport gives no way to reach it");
            }
        } catch (IOException e) {
            then.execute(() -> failedAttempt("the name does not resolve: " + e.getMessage()));
            return;
        } catch (RuntimeException | Error e) { // or it would never be tried again
            then.execute(() -> failedAttempt("the name does not resolve: " + e));
            return;
        }
        then.execute(() -> dial(routes));
    }

    private void dial(List<Route> routes) {
        if (!transition(News.IS_RESOLVED)) {
            return;
        }
        var ordered = Dialing.order(routes, rounds++);
        try {
            var round = new Dialing(reactor, transport, settings, ordered, this::connected, this::failedAttempt);
            dialing = round;
            round.begin();
        } catch (RuntimeException | Error e) { // or it would never be tried again
            failedAttempt("internal failure: " + e);
        }
    }

    private void connected(Link link) {
        assert reactor.isHere() && state == ConnectorState.DIALING;
        dialing = null;
        String peer;
        Connection made;
        try (var scope = new Scope()) {
            scope.add(link);
            peer = link.peer();
            made = new Connection(reactor, socket, this, settings, link, peer);
            connection = made;
            scope.release(); // the connection's from now on
            transition(News.IS_CONNECTED);
        } catch (IOException | RuntimeException | Error e) {
            failedAttempt("internal failure: " + e);
            return;
        }
        // The attempt has not failed, whoever cannot be told: another one would make a second connection.
        tell(() -> new SocketEvent.Connected(endpoint(), peer));
        made.start();
    }

    private void failedAttempt(String reason) {
        if (!transition(News.FAILS)) {
            return;
        }
        cancelTimer();
        closeDialing();
        tell(() -> new SocketEvent.ConnectFailed(endpoint(), reason));
        retryIn(backoff.nextNs());
    }

    private void retryIn(long delayNs) {
        if (backoff.givesUp() || (closing && pipe == null)) {
            complete();
            return;
        }
        tell(() -> new SocketEvent.RetryScheduled(endpoint(), Duration.ofNanos(delayNs)));
        attemptIn(delayNs);
    }

    /** An event that cannot be told, for want of memory say, keeps nothing from being done. */
    private void tell(Supplier<SocketEvent> event) {
        Guard.run("telling of a connect", () -> socket.event(event.get()));
    }

    // ---- connected

    @Override
    public WirePipe pipeFor(Connection opened, PeerInfo peer) {
        backoff.reset(reactor.nowNs());
        if (closing) {
            reactor.post(() -> opened.finish(Long.MAX_VALUE));
        }
        var current = pipe;
        if (current == null) {
            current = newPipe();
            pipe = current;
            socket.attach(current);
            if (closeAsked) { // perhaps just now, by one who saw no pipe
                socket.detach(current);
            }
        }
        return current;
    }

    @Override
    public void ended(Connection over, CloseReason closeReason) {
        connection = null;
        transition(News.IS_LOST);
        var current = pipe;
        if (current != null && over.pipe() != null) {
            countLost(current, over.lost());
            Guard.run("telling a socket of a lost connection", () -> socket.closed(current));
        }
        if (isForGood(over, closeReason) || (closing && (current == null || current.unsent() == 0))) {
            complete();
            return;
        }
        if (current != null && settings.get(Options.IMMEDIATE)) {
            pipe = null;
            giveUp(current, unsent -> {});
        }
        retryIn(closeReason.kind() == CloseReason.Kind.RULE_BROKEN ? backoff.longestNs() : backoff.nextNs());
    }

    /** A pattern may end a connection for good, and what breaks meanwhile is not made again either. */
    private static boolean isForGood(Connection over, CloseReason closeReason) {
        return closeReason.kind() == CloseReason.Kind.FINISHED || isHungUp(over.pipe());
    }

    private static boolean isHungUp(@Nullable WirePipe pipe) {
        return pipe != null && pipe.isHungUp();
    }

    private void countLost(WirePipe from, long messages) {
        if (messages > 0) {
            from.peerRecord().cutOff(messages);
            socket.unsent(messages);
            lost += closing ? messages : 0;
        }
    }

    // ---- closing

    @Override
    public void discard() {
        var current = pipe;
        if (current != null) {
            socket.discard(current);
        }
    }

    @Override
    public void close(long lingerNs) {
        closeAsked = true;
        var current = pipe;
        if (current == null) {
            begin(lingerNs);
        } else {
            socket.detach(current, () -> begin(lingerNs)); // what is in the pipe then is all that has to leave
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

    @Override
    public boolean isOver() {
        return state == ConnectorState.OVER;
    }

    private void closeHere(long lingerNs) {
        if (isOver()) {
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
        if (lingerTimer == null || !lingerTimer.isDueBefore(NanoTime.after(reactor.nowNs(), lingerNs))) {
            if (lingerTimer != null) {
                lingerTimer.cancel();
            }
            lingerTimer = reactor.schedule(lingerNs, () -> closeHere(0));
        }
    }

    /** Nothing more will come or go. */
    private void complete() {
        if (!transition(News.ENDS)) {
            return;
        }
        cancelTimer();
        if (lingerTimer != null) {
            lingerTimer.cancel();
        }
        closeDialing();
        var current = pipe;
        if (current == null) {
            tellOfEnd(lost);
        } else {
            giveUp(current, unsent -> {
                var all = unsent + lost;
                if (!reactor.post(() -> tellOfEnd(all))) {
                    done.complete(all);
                }
            });
        }
    }

    private void tellOfEnd(long unsent) {
        tell(() -> new SocketEvent.Closed(endpoint()));
        done.complete(unsent);
    }

    /**
     * What is still in the pipe will not leave; counted when nothing more can come in.
     *
     * @param counted hears how much it was, under the socket's lock
     */
    private void giveUp(WirePipe given, LongConsumer counted) {
        socket.detach(given, () -> {
            var unsent = unsentOf(given);
            socket.unsent(unsent);
            counted.accept(unsent);
        });
    }

    private static long unsentOf(@Nullable WirePipe pipe) {
        return pipe == null ? 0 : pipe.unsent();
    }

    private void closeDialing() {
        var round = dialing;
        dialing = null;
        if (round != null) {
            round.cancel();
        }
    }

    private void attemptIn(long delayNs) {
        cancelTimer();
        try {
            timer = reactor.schedule(delayNs, this::attempt);
        } catch (OutOfMemoryError e) { // no memory for a timer: at once then, by a task that is there already
            reactor.post(attempting);
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
