package io.lingmq.session;

import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.SelectorReactor;
import io.lingmq.support.OnReactor;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.ScriptedListener;
import io.lingmq.testkit.ScriptedPeer;
import java.io.Closeable;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/** A connection over TCP to a scripted peer, with an I/O thread of its own. */
final class OpenConnection implements Closeable {
    final Reactor reactor = new SelectorReactor("connection-under-test");
    final SilentSocket socket;
    final WirePipe pipe;
    final ScriptedPeer peer;
    private final ScriptedListener listener = ScriptedListener.open();

    OpenConnection(SocketType type, String peerType, Settings settings) {
        this(type, settings, accepted -> accepted.open(peerType));
    }

    /** As above; the peer does its part of the handshake as it likes. */
    OpenConnection(SocketType type, Settings settings, UnaryOperator<ScriptedPeer> opening) {
        socket = new SilentSocket(type, settings, true);
        pipe = socket.pipe;
        var connection = OnReactor.call(reactor, () -> {
            var at = URI.create(listener.endpoint());
            var link = Links.to(new InetSocketAddress(at.getHost(), at.getPort()));
            var made = new Connection(reactor, socket, socket, settings, link, "the peer");
            made.start();
            return made;
        });
        peer = opening.apply(listener.accept());
        Await.until("the handshake is complete", connection::isOpen);
        letTheReactorLook();
    }

    /** Lets the I/O thread look at its tasks and channels, several times. */
    void letTheReactorLook() {
        for (var i = 0; i < 5; i++) {
            OnReactor.call(reactor, () -> {
                reactor.forgetClosed(); // which dispatches what is ready
                return true;
            });
        }
    }

    /** Stops the I/O thread as a garbage collector would, until the returned latch is opened. */
    CountDownLatch stopReactor() {
        var stopped = new CountDownLatch(1);
        var goesOn = new CountDownLatch(1);
        reactor.post(() -> {
            stopped.countDown();
            await(goesOn);
        });
        await(stopped);
        return goesOn;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        peer.close();
        listener.close();
        reactor.stop();
    }
}
