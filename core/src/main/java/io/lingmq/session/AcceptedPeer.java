package io.lingmq.session;

import io.lingmq.engine.PeerInfo;
import io.lingmq.option.Settings;
import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.Reactor;
import io.lingmq.transport.Link;
import io.lingmq.transport.Scope;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A peer that a listener has let in, on the I/O thread that was chosen for it. It gets its pipe when its handshake is
 * complete, and keeps it as long as the connection stands.
 *
 * <p>Threading: {@link #begin} and {@link #close} on the listener's I/O thread, all else on the peer's own.
 */
final class AcceptedPeer implements ConnectionOwner {
    /** The listener, as its peers see it. Called on any thread, perhaps under the socket's lock. */
    interface Door {
        /** The endpoint that events are reported under. */
        String endpoint();

        /** The connection could not be taken over. */
        void failed(AcceptedPeer peer, Throwable cause);

        /** The handshake is complete. */
        void opened(AcceptedPeer peer);

        /** The connection is over, and so many messages for the peer never left. */
        void left(AcceptedPeer peer, long unsent);
    }

    private final Reactor reactor;
    private final SessionOwner socket;
    private final Settings settings;
    private final Door door;
    private final String peerText;
    private @Nullable Connection connection;
    private volatile @Nullable WirePipe pipe;
    private volatile boolean closing;

    AcceptedPeer(Reactor reactor, SessionOwner socket, Settings settings, Door door, String peerText) {
        this.reactor = reactor;
        this.socket = socket;
        this.settings = settings;
        this.door = door;
        this.peerText = peerText;
    }

    /** Takes the link over; false if the I/O thread has stopped, and the link is still the caller's. */
    boolean begin(Link link) {
        if (reactor.isHere()) {
            open(link);
            return true;
        }
        return reactor.post(() -> open(link));
    }

    private void open(Link link) {
        assert reactor.isHere() : "on the peer's I/O thread";
        Connection made;
        try (var scope = new Scope()) {
            scope.add(link);
            made = new Connection(reactor, socket, this, settings, link, peerText);
            connection = made;
            scope.release(); // the connection's from now on
        } catch (IOException | RuntimeException | Error e) {
            door.failed(this, e);
            return;
        }
        made.start();
    }

    /**
     * Ends the connection: from now on nothing more is put in for this peer, and what is in has the given time to
     * leave. A second call can shorten the time.
     */
    void close(long lingerNs) {
        closing = true;
        var current = pipe;
        if (current == null) {
            finish(lingerNs);
        } else {
            socket.detach(current, () -> finish(lingerNs)); // what is in the pipe then is all that has to leave
        }
    }

    private void finish(long lingerNs) {
        if (!reactor.post(() -> finishHere(lingerNs))) {
            door.left(this, 0); // the I/O thread has stopped, and with it the connection
        }
    }

    private void finishHere(long lingerNs) {
        assert reactor.isHere() : "on the peer's I/O thread";
        if (connection != null) {
            connection.finish(lingerNs);
        }
    }

    /** Ends the connection if its handshake is not complete. */
    void endUnlessOpen(String reason) {
        var unused = reactor.post(
                () -> { // where that has stopped, so has the connection
                    if (pipe == null && connection != null) {
                        connection.end(CloseReason.lost(reason));
                    }
                });
    }

    // ---- the connection's owner

    @Override
    public String endpoint() {
        return door.endpoint();
    }

    @Override
    public WirePipe pipeFor(Connection opened, PeerInfo peer) {
        var current = socket.newPipe(settings);
        current.peerRecord().acceptedAt(endpoint());
        pipe = current;
        door.opened(this);
        socket.attach(current);
        if (closing) { // perhaps just now, by one who saw no pipe, or saw it before it was attached
            socket.detach(current);
        }
        return current;
    }

    @Override
    public void ended(Connection over, CloseReason closeReason) {
        var current = pipe; // the connection may have failed before it had it
        if (current == null) {
            door.left(this, 0);
            return;
        }
        var halfSent = over.lost();
        socket.detach(
                current,
                () -> { // it is counted when nothing more can come in
                    var unsent = current.unsent() + halfSent;
                    socket.unsent(unsent);
                    door.left(this, unsent);
                });
    }
}
