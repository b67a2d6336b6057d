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
import io.lingmq.security.ZapReply;
import io.lingmq.security.ZapRequest;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A socket with one pipe for its one connection, which does nothing but what the test says. */
final class SilentSocket implements SessionOwner, ConnectionOwner, PipeOwner, SocketSecurity {
    final WirePipe pipe;
    volatile @Nullable CloseReason closeReason;
    private final SocketType type;
    private final boolean learnsAtOnce;
    private volatile Runnable hearing = () -> {};
    private volatile Runnable learning = () -> {};
    private volatile boolean failsToTell;

    /** A socket; it may be busy, and learn of its peer only by {@link #learnOfPeer}. */
    SilentSocket(SocketType type, Settings settings, boolean learnsAtOnce) {
        this.type = type;
        this.learnsAtOnce = learnsAtOnce;
        pipe = new WirePipe(this, settings.get(Options.SEND_HWM), settings.get(Options.RECEIVE_HWM), false);
    }

    /** What happens from now on when it hears of a message. */
    void whenHeard(Runnable what) {
        hearing = what;
    }

    /** From now on there is no memory left to hear of a message. */
    void failToHear() {
        hearing = () -> {
            throw new OutOfMemoryError("on purpose");
        };
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

    void learnOfPeer() {
        learning.run();
    }

    @Override
    public void heard(WirePipe which) {
        hearing.run();
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
    public void event(SocketEvent event) {}

    @Override
    public String endpoint() {
        tell();
        return "the endpoint under test";
    }

    @Override
    public WirePipe pipeFor(Connection opened, PeerInfo info) {
        return pipe;
    }

    @Override
    public void ended(Connection over, CloseReason why) {
        closeReason = why;
    }
}
