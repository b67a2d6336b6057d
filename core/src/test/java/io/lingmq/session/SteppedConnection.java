package io.lingmq.session;

import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.SteppedReactor;
import io.lingmq.simulation.Lab;
import io.lingmq.simulation.VirtualPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A connection to a scripted peer, in a world of its own. The test is the thread of the application. */
final class SteppedConnection {
    private static final Duration LOOK = Duration.ofMillis(200);

    final Lab lab = new Lab(1);
    final SteppedReactor reactor = lab.reactor("connection-under-test");
    final SilentSocket socket;
    final WirePipe pipe;
    final VirtualPeer peer = lab.peer();
    Connection connection;

    SteppedConnection(SocketType type, String peerType, Settings settings) {
        this(type, peerType, settings, true);
    }

    /** As above; the socket may be busy, and learn of the peer only by {@link SilentSocket#learnOfPeer}. */
    SteppedConnection(SocketType type, String peerType, Settings settings, boolean learnsAtOnce) {
        this(type, settings, learnsAtOnce, accepted -> accepted.open(peerType));
    }

    /** As above; the peer does its part of the handshake as it likes. */
    SteppedConnection(SocketType type, Settings settings, boolean learnsAtOnce, Consumer<VirtualPeer> opening) {
        socket = new SilentSocket(type, settings, learnsAtOnce);
        pipe = socket.pipe;
        onReactor(() -> begin(settings));
        opening.accept(peer);
        lab.until("the handshake is complete", connection::isOpen);
        letTheReactorLook();
    }

    private void begin(Settings settings) {
        try {
            connection = new Connection(reactor, socket, socket, settings, peer.linkToIt(), "the peer");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connection.start();
    }

    /** Does something in the I/O thread, behind the tasks given before. */
    void onReactor(Runnable work) {
        var isDone = new AtomicBoolean();
        reactor.post(() -> {
            work.run();
            isDone.set(true);
        });
        lab.until("the I/O thread has done it", isDone::get);
    }

    /** What was said arrives, and the I/O thread looks at all that. */
    void letTheReactorLook() {
        lab.pass(LOOK);
    }

    /**
     * A receiver reads these octets itself. In the midst of its look it is stopped, as by a debugger; meanwhile all
     * else goes on.
     */
    void readAndStop(byte[] octets, Runnable meanwhile) {
        lab.stop(reactor); // else it might be the one to read
        peer.send(octets);
        socket.whenHeard(() -> {
            socket.whenHeard(() -> {});
            lab.goesOn(reactor);
            meanwhile.run();
        });
        lab.until("a message came", pipe::readInline);
    }

    void awaitEnd() {
        lab.until("the owner hears of the end", () -> socket.closeReason != null);
    }
}
