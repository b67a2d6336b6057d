package io.lingmq.session;

import io.lingmq.engine.PeerInfo;
import io.lingmq.event.SocketEvent;
import io.lingmq.mechanism.Mechanism;
import io.lingmq.mechanism.NullMechanism;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.pipe.Doorbell;
import io.lingmq.pipe.PipeOwner;
import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.SelectorReactor;
import io.lingmq.security.ZapReply;
import io.lingmq.security.ZapRequest;
import io.lingmq.support.OnReactor;
import io.lingmq.testkit.Await;
import io.lingmq.testkit.Background;
import io.lingmq.testkit.Recorder;
import io.lingmq.testkit.ScriptedListener;
import io.lingmq.testkit.ScriptedPeer;
import java.io.Closeable;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A connection to a scripted peer, and a socket that does nothing but what the test says. */
final class OpenConnection implements Closeable, SessionOwner, ConnectionOwner, PipeOwner, SocketSecurity {
    final Reactor reactor = new SelectorReactor("connection-under-test");
    final Recorder<SocketEvent> events = new Recorder<>();
    final WirePipe pipe;
    final ScriptedPeer peer;
    final Connection connection;
    volatile @Nullable CloseReason closeReason;
    private final SocketType type;
    private final ScriptedListener listener = ScriptedListener.open();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private final boolean learnsAtOnce;
    private volatile boolean stopsReader;
    private volatile boolean failsToHear;
    private volatile boolean failsToTell;
    private volatile Runnable learning = () -> {};

    OpenConnection(SocketType type, String peerType, Settings settings) {
        this(type, peerType, settings, true);
    }

    /** As above; the socket may be busy, and learn of the peer only by {@link #learnOfPeer}. */
    OpenConnection(SocketType type, String peerType, Settings settings, boolean learnsAtOnce) {
        this(type, settings, learnsAtOnce, accepted -> accepted.open(peerType));
    }

    /** As above; the peer does its part of the handshake as it likes. */
    OpenConnection(SocketType type, Settings settings, boolean learnsAtOnce, UnaryOperator<ScriptedPeer> opening) {
        this.type = type;
        this.learnsAtOnce = learnsAtOnce;
        pipe = new WirePipe(this, settings.get(Options.SEND_HWM), settings.get(Options.RECEIVE_HWM), false);
        connection = onReactor(() -> {
            var at = URI.create(listener.endpoint());
            var link = Links.to(new InetSocketAddress(at.getHost(), at.getPort()));
            var made = new Connection(reactor, this, this, settings, link, "the peer");
            made.start();
            return made;
        });
        peer = opening.apply(listener.accept());
        Await.until("the handshake is complete", connection::isOpen);
        letTheReactorLook();
    }

    <T> T onReactor(Callable<T> work) {
        return OnReactor.call(reactor, work);
    }

    /** Lets the I/O thread look at its tasks and channels, several times. */
    void letTheReactorLook() {
        for (var i = 0; i < 5; i++) {
            onReactor(() -> {
                reactor.forgetClosed(); // which dispatches what is ready
                return true;
            });
        }
    }

    /** Lets a receiver read these octets, and stops it in the midst, as by a debugger, until {@link #letReaderGoOn}. */
    Background<Boolean> stopReaderAt(byte[] octets) {
        stopsReader = true;
        var goesOn = stopReactor(); // else it might be the one to read
        peer.send(octets);
        var reading = Background.call("reading", () -> {
            Await.until("a message came", pipe::readInline);
            return true;
        });
        await(inside);
        goesOn.countDown();
        return reading;
    }

    void letReaderGoOn() {
        stopsReader = false;
        mayGoOn.countDown();
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

    /** From now on there is no memory left to hear of a message. */
    void failToHear() {
        failsToHear = true;
    }

    @Override
    public void heard(WirePipe which) {
        if (failsToHear) {
            throw new OutOfMemoryError("on purpose");
        }
        if (stopsReader && !reactor.isHere()) {
            inside.countDown();
            await(mayGoOn);
        }
    }

    /** From now on there is no memory left to tell of anything, but for the end. */
    void failToTell() {
        failsToTell = true;
    }

    private void tell() {
        if (failsToTell) {
            throw new OutOfMemoryError("on purpose");
        }
    }

    @Override
    public void rung(Doorbell bell) {
        tell();
    }

    @Override
    public boolean tryHold() {
        return true;
    }

    @Override
    public void letGo() {}

    @Override
    public SocketType type() {
        return type;
    }

    @Override
    public SocketSecurity security() {
        return this;
    }

    @Override
    public Mechanism mechanism(Settings settings) {
        return new NullMechanism();
    }

    @Override
    public CompletableFuture<ZapReply> admit(ZapRequest request) {
        throw new AssertionError("nobody asks: " + request);
    }

    @Override
    public WirePipe newPipe(Settings settings) {
        return pipe;
    }

    @Override
    public void attach(WirePipe which) {}

    @Override
    public void opened(WirePipe which, PeerInfo info, String address, Runnable whenOpened) {
        which.opened(info.routingId());
        learning = whenOpened;
        if (learnsAtOnce) {
            learnOfPeer();
        }
    }

    void learnOfPeer() {
        learning.run();
    }

    @Override
    public void closed(WirePipe which) {
        which.closed();
    }

    @Override
    public void discard(WirePipe which) {}

    @Override
    public void detach(WirePipe which, Runnable whenDetached) {
        whenDetached.run();
    }

    @Override
    public void unsent(long messages) {}

    @Override
    public void event(SocketEvent event) {
        events.accept(event);
    }

    @Override
    public String endpoint() {
        tell();
        return listener.endpoint();
    }

    @Override
    public WirePipe pipeFor(Connection opened, PeerInfo info) {
        return pipe;
    }

    @Override
    public void ended(Connection over, CloseReason why) {
        closeReason = why;
    }

    @Override
    public void close() {
        letReaderGoOn();
        peer.close();
        listener.close();
        reactor.stop();
    }
}
