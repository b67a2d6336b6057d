package io.lingmq.session;

import io.lingmq.event.SocketEvent;
import io.lingmq.guard.Guard;
import io.lingmq.guard.Log;
import io.lingmq.option.Settings;
import io.lingmq.reactor.Reactor;
import io.lingmq.transport.Acceptor;
import io.lingmq.transport.Link;
import io.lingmq.transport.LinkFailedException;
import io.lingmq.transport.ReadyWatcher;
import io.lingmq.transport.Scope;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Accepts connections on one endpoint, and spreads them over the I/O threads: each in turn gets the next one.
 *
 * <pre>
 *   the listener's I/O thread      accept - AcceptedPeer ---.            .--- left: forgotten
 *                                                           | post       | post
 *   the peer's I/O thread                                   '- Connection - ended
 * </pre>
 *
 * <p>Threading: made and started in the user's thread, then confined to its own reactor's, which is the first of those
 * given; {@link AcceptedPeer}s report from theirs.
 */
public final class Listener implements EndpointSession, AcceptedPeer.Door, ReadyWatcher {
    /** After a failed accept the cause, mostly a full descriptor table, gets time to go away. Likewise of a link. */
    private static final long PAUSE_NS = 100_000_000L;

    private static final int MOST_ACCEPTS_PER_TURN = 64;
    /** Each costs a descriptor, and anybody who can connect may make them. */
    private static final int MOST_HALF_OPEN = 16_384;

    private final Reactor reactor;
    private final List<Reactor> reactors;
    private final SessionOwner socket;
    private final Acceptor acceptor;
    private final Settings settings;
    /** Those that are not over, and counted. */
    private final Set<AcceptedPeer> peers = new LinkedHashSet<>();

    /** Those of them whose handshake is not complete, as far as is known here; the oldest is in front. */
    private final Set<AcceptedPeer> halfOpen = new LinkedHashSet<>();

    private int mostHalfOpen = MOST_HALF_OPEN;
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private long unsent;
    private int accepted;
    private boolean closing;
    private boolean acceptIsDue;

    /**
     * A listener on an address that was opened for it.
     *
     * @param reactors the I/O threads that peers are spread over; the first one accepts them
     */
    public Listener(List<Reactor> reactors, SessionOwner socket, Acceptor acceptor, Settings settings) {
        this.reactors = List.copyOf(reactors);
        this.reactor = this.reactors.get(0);
        this.socket = socket;
        this.acceptor = acceptor;
        this.settings = settings;
    }

    /** Lets no more peers than that be in their handshake; before it has begun. */
    void limitHalfOpen(int most) {
        mostHalfOpen = most;
    }

    /** Begins to accept; false if the I/O thread has stopped, and nothing is left open. */
    public boolean start() {
        tell(() -> new SocketEvent.Listening(endpoint()));
        if (reactor.post(this::register)) {
            return true;
        }
        endWithoutReactor();
        return false;
    }

    /** An event that cannot be told, for want of memory say, keeps nothing from being done. */
    private void tell(Supplier<SocketEvent> event) {
        Guard.run("telling of a listener", () -> socket.event(event.get()));
    }

    private void register() {
        if (released.isDone()) {
            return;
        }
        try {
            acceptor.watch(reactor, this);
        } catch (IOException e) {
            failed(e);
        }
    }

    @Override
    public String endpoint() {
        return acceptor.endpoint();
    }

    @Override
    public void ready() {
        var most = acceptor.sharesAddressWithLinks() ? 1 : MOST_ACCEPTS_PER_TURN;
        for (var i = 0; i < most; i++) {
            if (closing || !acceptOne()) {
                return;
            }
        }
    }

    private boolean acceptOne() {
        Link link;
        try {
            link = acceptor.accept();
        } catch (LinkFailedException e) {
            tellOfFailure(e);
            return true;
        } catch (IOException e) {
            pause(String.valueOf(e.getMessage()));
            return false;
        }
        if (link == null) {
            return false;
        }
        try (var scope = new Scope()) {
            scope.add(link);
            if (welcome(link)) {
                scope.release();
            }
        } catch (RuntimeException e) {
            tellOfFailure(e);
        }
        return true;
    }

    private void tellOfFailure(Throwable cause) {
        tell(() -> new SocketEvent.AcceptFailed(endpoint(), String.valueOf(cause.getMessage())));
    }

    /** Gives the link to the next I/O thread; false if that has stopped. */
    private boolean welcome(Link link) {
        var text = link.peer();
        var next = reactors.get(accepted);
        accepted = (accepted + 1) % reactors.size();
        var peer = new AcceptedPeer(next, socket, settings, this, text);
        tell(() -> new SocketEvent.Accepted(endpoint(), text));
        if (!begin(peer, link)) {
            return false;
        }
        // The link is the peer's now, whatever happens to another one.
        Guard.run("letting a peer go", this::letGoBeyondTheLimit);
        return true;
    }

    /** A peer that does not begin, whatever it throws, is none: nobody waits for its end. */
    private boolean begin(AcceptedPeer peer, Link link) {
        var begun = false;
        try {
            peers.add(peer);
            halfOpen.add(peer);
            begun = peer.begin(link);
        } finally {
            if (!begun) {
                peers.remove(peer);
                halfOpen.remove(peer);
            }
        }
        return begun;
    }

    /** The oldest handshake has had the most time. */
    private void letGoBeyondTheLimit() {
        if (halfOpen.size() > mostHalfOpen) {
            var first = halfOpen.iterator().next();
            halfOpen.remove(first);
            first.endUnlessOpen("more than " + mostHalfOpen + " peers of " + endpoint()
                    + " have not completed their handshake, and this one has had the most time for it");
        }
    }

    private void pause(String reason) {
        tell(() -> new SocketEvent.AcceptFailed(endpoint(), reason));
        if (!released.isDone()) {
            acceptor.acceptInterest(false);
            acceptLater();
        }
    }

    /** However many have failed, there is one next time. */
    private void acceptLater() {
        if (!acceptIsDue) {
            reactor.schedule(PAUSE_NS, this::acceptAgain);
            acceptIsDue = true;
        }
    }

    private void acceptAgain() {
        acceptIsDue = false;
        acceptor.acceptInterest(!closing);
    }

    @Override
    public void failed(Throwable cause) {
        pause("internal failure: " + cause);
        Log.warning("a listener on " + endpoint() + " failed", cause);
    }

    // ---- peers report

    @Override
    public void failed(AcceptedPeer peer, Throwable cause) {
        tellOfFailure(cause);
        left(peer, 0);
    }

    @Override
    public void opened(AcceptedPeer peer) {
        var unused = reactor.post(() -> halfOpen.remove(peer)); // where that has stopped, nobody counts
    }

    @Override
    public void left(AcceptedPeer peer, long unsentForPeer) {
        var unused =
                reactor.post(() -> forget(peer, unsentForPeer)); // where that has stopped, nobody waits for the count
    }

    private void forget(AcceptedPeer peer, long unsentForPeer) {
        assert reactor.isHere() : "on the listener's I/O thread";
        halfOpen.remove(peer);
        if (peers.remove(peer)) {
            unsent += unsentForPeer;
            completeIfNothingIsLeft();
            if (!closing && acceptor.sharesAddressWithLinks()) { // whatever has ended it may end the next one at once
                acceptLater();
            }
        }
    }

    // ---- closing

    @Override
    public void close(long lingerNs) {
        if (!reactor.post(() -> closeHere(lingerNs))) {
            endWithoutReactor();
        }
    }

    /** The I/O thread has stopped, and with it all connections. */
    private void endWithoutReactor() {
        acceptor.close();
        released.complete(null);
        done.complete(0L);
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
        assert reactor.isHere() : "on the listener's I/O thread";
        if (!closing) {
            closing = true;
            unsent = 0;
            if (acceptor.sharesAddressWithLinks()) {
                acceptor.acceptInterest(false);
            } else {
                release();
            }
        }
        List.copyOf(peers).forEach(peer -> peer.close(lingerNs));
        completeIfNothingIsLeft();
    }

    private void release() {
        if (!released.isDone()) {
            acceptor.close();
            released.complete(null);
            tell(() -> new SocketEvent.Closed(endpoint()));
        }
    }

    private void completeIfNothingIsLeft() {
        if (closing && peers.isEmpty()) {
            release();
            done.complete(unsent);
        }
    }
}
