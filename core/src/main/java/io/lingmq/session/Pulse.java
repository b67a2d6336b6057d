package io.lingmq.session;

import io.lingmq.engine.Heartbeat;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.Task;
import io.lingmq.reactor.Timer;
import io.lingmq.wire.Command;
import io.lingmq.wire.ProtocolException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The signs of life between a connection and its peer: sends PINGs, answers those of the peer, gives a silent one up.
 *
 * <p>While reading pauses, since the socket has no room, the peer's PINGs are not seen: they stand behind its messages.
 * So the connection says unasked, every {@value #SIGN_NS} ns, or sooner where PINGs come faster or only one has been
 * seen, that it is alive. The same octets find out whether the peer still is: where nobody reads, only a write shows
 * that it is gone.
 *
 * <p>But what is written to a peer that has sent all and gone makes its operating system throw away what has not been
 * read yet. So signs are given only where they are needed: to a peer that waits for them, which its first PING tells,
 * and to one that has a name, which nobody else could have until its end is seen. Each connection that is going to send
 * PINGs therefore sends the first one before all messages; but for those that ask only when all is quiet: they wait for
 * no signs, and write nothing while reading pauses.
 *
 * <p>Threading: {@link #answer} in whichever thread reads; all else on the reactor's.
 */
final class Pulse {
    private static final long SIGN_NS = 100_000_000;
    private static final long SHORTEST_SIGN_NS = 20_000_000;
    /** PINGs that come closer than this had been waiting somewhere: they tell nothing of their interval. */
    private static final long SHORTEST_INTERVAL_NS = 10_000_000;

    private static final int SIGNS_PER_INTERVAL = 3;

    private final Reactor reactor;
    private final Input input;
    private final Output output;
    private final Heartbeat beat;
    private final boolean peerIsNamed;
    private final BooleanSupplier mayWrite;
    private final Runnable silent;
    private final Task afterPing = new Task(this::afterPing);
    private final Timer signTimer;
    private @Nullable Timer lookTimer;
    private boolean peerPings;
    private boolean signing;
    private boolean stopped;
    private long signNs = SIGN_NS;
    private long shortestIntervalNs = Long.MAX_VALUE;
    private long writtenAtSign;
    private long lastPingNs;
    private long lookDueNs;
    /** What the peer's last PING said; from the reading thread to the reactor's, as are those below. */
    private volatile long peerTimeToLiveNs;

    private volatile boolean peerWantsSigns;
    private volatile long pongs;

    /**
     * The pulse of an open connection.
     *
     * @param peerIsNamed whether it has a name that is free only when its end is seen; and may hear commands that it
     *     has not asked for, as from ZMTP 3.1 on
     * @param mayWrite whether the connection still writes
     * @param silent hears that the peer has been silent for too long
     */
    Pulse(
            Reactor reactor,
            Heartbeat beat,
            Input input,
            Output output,
            boolean peerIsNamed,
            BooleanSupplier mayWrite,
            Runnable silent) {
        this.reactor = reactor;
        this.input = input;
        this.output = output;
        this.peerIsNamed = peerIsNamed;
        this.mayWrite = mayWrite;
        this.silent = silent;
        this.beat = beat;
        signTimer = new Timer(reactor, this::giveSign);
    }

    // ---- the reading thread's

    /** Answers a PING. A flood of them is answered by a few PONGs: what cannot leave is not kept. */
    void answer(Command ping) throws ProtocolException {
        if (!Heartbeat.isWellFormed(ping)) {
            throw new ProtocolException("a PING must carry a time to live of two octets");
        }
        output.addUrgent(Heartbeat.pong(ping));
        peerTimeToLiveNs = Heartbeat.timeToLiveNs(ping);
        peerWantsSigns = Heartbeat.wantsSigns(ping);
        reactor.post(afterPing); // one task, however many PINGs
    }

    /** A PONG came. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time reads
    void answered(Command pong) {
        if (Heartbeat.answersQuietPing(pong)) {
            pongs++;
        }
    }

    // ---- the reactor's

    /** The connection is open, and no message was written yet. */
    void begin() {
        assert reactor.isHere();
        var ping = beat.announcement();
        if (ping != null) {
            output.addUrgent(ping);
        }
        watch();
    }

    private void afterPing() {
        if (stopped || !mayWrite.getAsBoolean()) {
            return;
        }
        if (peerWantsSigns) {
            noteInterval(reactor.nowNs());
        }
        beat.peerTimeToLive(peerTimeToLiveNs);
        output.writeUrgent();
        watch();
        if (input.isPaused()) {
            paused(); // what came behind the PING has filled the pipe
        }
    }

    private void noteInterval(long nowNs) {
        var intervalNs = nowNs - lastPingNs;
        if (!peerPings) {
            signNs = SHORTEST_SIGN_NS; // until the second PING, which may not be seen while reading pauses
        } else if (intervalNs > SHORTEST_INTERVAL_NS) {
            shortestIntervalNs = Math.min(shortestIntervalNs, intervalNs);
            signNs = Math.max(SHORTEST_SIGN_NS, Math.min(SIGN_NS, shortestIntervalNs / SIGNS_PER_INTERVAL));
        }
        lastPingNs = nowNs;
        peerPings = true;
    }

    /** Sets the time of the next look at the peer's silence. */
    void watch() {
        assert reactor.isHere();
        var next = beat.nextLookNs();
        if (stopped || next == Heartbeat.NEVER || (lookTimer != null && lookTimer.isDueBefore(next))) {
            return; // an earlier look will see to it
        }
        if (lookTimer != null) {
            lookTimer.cancel();
        }
        var nowNs = reactor.nowNs();
        var delayNs = Math.max(0, next - nowNs);
        lookDueNs = nowNs + delayNs;
        lookTimer = reactor.schedule(delayNs, this::look);
    }

    private void look() {
        lookTimer = null;
        if (stopped || !mayWrite.getAsBoolean()) {
            return;
        }
        var nowNs = reactor.nowNs();
        beat.lookIsLate(nowNs - lookDueNs, nowNs);
        noteSigns(nowNs);
        if (beat.isOver(nowNs) && !givesSign(nowNs)) {
            silent.run();
            return;
        }
        var ping = beat.pingDue(nowNs, output.passage().arrivesByNs());
        if (ping != null) {
            output.addUrgent(ping);
            output.write();
        }
        watch();
    }

    private void noteSigns(long nowNs) {
        beat.heard(input.isPaused() ? nowNs : input.lastHeardNs());
        beat.moved(output.passage().lastMovedNs(), output.passage().arrivesByNs());
        beat.answered(pongs);
        beat.wrote(output.messagesWritten(), output.isBlocked());
    }

    /** The time is over: if this process has been standing still, there may be signs that nobody has seen. */
    private boolean givesSign(long nowNs) {
        var itIsUs = output.hasUrgent() && !output.isBlocked(); // who writes has been held up
        if (itIsUs || input.looksOnce()) {
            beat.moved(nowNs, nowNs);
            beat.heard(input.lastHeardNs());
            return !beat.isOver(nowNs);
        }
        return false;
    }

    /** Reading pauses. */
    void paused() {
        assert reactor.isHere();
        if (!signing && !stopped && (peerPings || peerIsNamed)) {
            signing = true;
            writtenAtSign = output.passage().written();
            signTimer.set(signNs);
        }
    }

    private void giveSign() {
        signing = false;
        if (stopped || !input.isPaused() || !mayWrite.getAsBoolean()) {
            return;
        }
        if (output.passage().written() == writtenAtSign && !output.hasUrgent()) { // else it has had signs
            output.addUrgent(Heartbeat.sign());
            output.write();
        }
        paused();
    }

    void stop() {
        stopped = true;
        signTimer.cancel();
        if (lookTimer != null) {
            lookTimer.cancel();
        }
    }
}
