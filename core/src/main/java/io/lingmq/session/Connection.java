package io.lingmq.session;

import io.lingmq.engine.Heartbeat;
import io.lingmq.engine.PeerInfo;
import io.lingmq.engine.Traffic;
import io.lingmq.event.SocketEvent;
import io.lingmq.guard.Guard;
import io.lingmq.guard.Log;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.PipeConnection;
import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.Task;
import io.lingmq.reactor.Timer;
import io.lingmq.time.NanoTime;
import io.lingmq.transport.Link;
import io.lingmq.transport.LinkWatcher;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One established link to one peer: moves octets between the link, the engine and a pipe.
 *
 * <pre>
 *   OPENING --handshake complete--> OPEN --finish--> FLUSHING --all written--> DRAINING --peer gone--> ENDED
 *      any state --peer gone, rule broken, time over--> ENDED
 * </pre>
 *
 * <p>DRAINING waits until the peer has read all: it has been told that nothing follows, and closes when it has read up
 * to that. What it says meanwhile is read and thrown away: a link that is closed with something unread makes the
 * operating system send a reset, and that takes from the peer what it has not read yet.
 *
 * <p>Threading: the methods of {@link PipeConnection} from any thread, all else on the reactor's.
 */
final class Connection implements PipeConnection, LinkWatcher {
    private enum State {
        OPENING,
        OPEN,
        FLUSHING,
        DRAINING,
        ENDED
    }

    /** A peer that does not read what is left for it is not waited for longer. */
    private static final long LONGEST_GOODBYE_NS = 30_000_000_000L;

    private static final CloseReason FINISHED = CloseReason.finished("closed by this side");

    private final Reactor reactor;
    private final SessionOwner socket;
    private final ConnectionOwner owner;
    private final Settings settings;
    private final Link link;
    private final String peerText;
    private final OpeningPhase opening;
    private final Output output;
    private final boolean takesSubscriptions;
    private final Task refusing = new Task(this::endRefused);
    private final Task tellingOfEnd = new Task(this::tellOfEnd);
    private volatile String refusal = "";
    private volatile State state = State.OPENING;
    private @Nullable WirePipe pipe;
    private volatile @Nullable Input input;
    private volatile boolean peerIsKnown;
    /** What came in one piece with the end of the handshake, while the socket did not know the peer yet. */
    private byte @Nullable [] early;

    private @Nullable IdleWatch idleWatch;
    private volatile @Nullable Pulse pulse;
    private @Nullable Timer endTimer;
    private boolean wasOpening;
    private CloseReason closeReason = FINISHED;

    /** Takes a link over and sends the greeting. */
    Connection(Reactor reactor, SessionOwner socket, ConnectionOwner owner, Settings settings, Link link, String peer)
            throws IOException {
        this.reactor = reactor;
        this.socket = socket;
        this.owner = owner;
        this.settings = settings;
        this.link = link;
        this.peerText = peer;
        takesSubscriptions = socket.type().publishes();
        link.watch(reactor, this);
        output = new Output(reactor, link, !takesSubscriptions, this::outputDrained, this::outputBroken);
        opening = new OpeningPhase(reactor, link, output, socket, settings, peer, new Beginning());
    }

    /** Sends the greeting; apart from the constructor, since it may already end the connection. */
    void start() {
        var failure = Guard.run("beginning a connection", opening::begin);
        if (failure != null) {
            end(CloseReason.lost("internal failure: " + failure));
        }
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    @Nullable
    WirePipe pipe() {
        return pipe;
    }

    // ---- from any thread

    @Override
    public void outputReady(boolean moreFollows) {
        var traffic = input;
        var looksForMore = traffic != null && traffic.isReadInline();
        output.wanted(moreFollows && !looksForMore);
    }

    @Override
    public boolean writeInline() {
        return output.writeInline();
    }

    @Override
    public boolean writeAll(long longestNs) {
        return output.writeAll(longestNs);
    }

    @Override
    public void flush() {
        output.flush();
    }

    @Override
    public boolean readInline() {
        var traffic = input;
        return traffic != null && traffic.readInline();
    }

    @Override
    public void stopReadingInline() {
        var traffic = input;
        if (traffic != null) {
            traffic.stopReadingInline();
        }
    }

    @Override
    public void inputWanted() {
        var traffic = input;
        if (traffic != null) {
            traffic.wanted();
        }
    }

    @Override
    public void grown() {
        var watch = idleWatch;
        if (watch != null) {
            watch.grown();
        }
    }

    @Override
    public void refuse(String reason) {
        refusal = reason;
        reactor.post(refusing); // one task, however many messages break the rule
    }

    @Override
    public void hangUp() {
        reactor.post(() -> finish(LONGEST_GOODBYE_NS));
    }

    // ---- on the reactor's thread

    private void endRefused() {
        end(CloseReason.ruleBroken(refusal));
    }

    @Override
    public void readable() {
        var traffic = input;
        if (traffic != null) {
            traffic.read();
        } else {
            opening.read();
        }
    }

    @Override
    public void writable() {
        if (state != State.ENDED) {
            output.channelReady();
            opening.written();
        }
    }

    @Override
    public void failed(Throwable cause) {
        end(CloseReason.lost("internal failure: " + cause));
        Log.warning("a connection to " + peerText + " failed", cause);
    }

    /** What greeting and handshake lead to. */
    private final class Beginning implements OpeningPhase.Outcome {
        @Override
        public void opened(PeerInfo peer, Traffic spoken, ByteBuffer early) {
            var traffic = becomeOpen(peer, spoken);
            output.write();
            if (state != State.ENDED) {
                begin(traffic, early);
            }
        }

        @Override
        public void end(CloseReason why) {
            Connection.this.end(why);
        }
    }

    private Input becomeOpen(PeerInfo peer, Traffic spoken) {
        assert reactor.isHere();
        state = State.OPEN;
        var current = owner.pipeFor(this, peer);
        pipe = current;
        var dialect = peer.dialect();
        var commands = new PeerCommands(dialect, takesSubscriptions);
        var mostBytes = settings.get(Options.MAX_MESSAGE_SIZE);
        var traffic = new Input(
                reactor,
                link,
                current,
                chain -> spoken.inbound(chain, mostBytes, commands),
                this::readingPauses,
                this::inputOver);
        input = traffic;
        idleWatch = new IdleWatch(
                reactor, current, () -> output.whileNobodyWrites(() -> traffic.whileNobodyReads(current::dropArrays)));
        var isNamed = socket.type().addressesPeers() && peer.routingId().length > 0 && dialect.takesAnyCommand();
        var beat = new Pulse(
                reactor,
                new Heartbeat(settings, dialect, reactor.nowNs()),
                traffic,
                output,
                isNamed,
                this::mayWrite,
                this::peerIsSilent);
        pulse = beat;
        commands.go(traffic, beat);
        output.opened(current, spoken.outbound(), traffic::lastHeardNs);
        current.connectionIs(this);
        beat.begin();
        socket.event(new SocketEvent.HandshakeSucceeded(owner.endpoint(), peerText, peer.type()));
        socket.opened(current, peer, peerText, this::peerIsKnown);
        if (current.isHungUp()) { // before there was a connection
            hangUp();
        }
        return traffic;
    }

    private void begin(Input traffic, ByteBuffer octets) {
        if (peerIsKnown) {
            traffic.begin(octets);
        } else {
            var rest = new byte[octets.remaining()];
            octets.get(rest);
            early = rest;
        }
    }

    /**
     * The socket knows who this is, and only now gets what the peer says: else it might take it for what another has
     * said, whose pipe this was. Nor is anything written before. Under the socket's lock, in any thread.
     */
    private void peerIsKnown() {
        peerIsKnown = true;
        output.begin();
        reactor.post(this::beginLate); // where the reactor has stopped nobody reads any more
    }

    private void beginLate() {
        assert reactor.isHere() && peerIsKnown;
        if (input == null || state == State.ENDED) {
            return;
        }
        var octets = early;
        if (octets != null) {
            early = null;
            input.begin(ByteBuffer.wrap(octets));
        }
        if (state != State.OPEN) {
            input.discard();
        }
    }

    private boolean mayWrite() {
        return state == State.OPEN || state == State.FLUSHING;
    }

    private void readingPauses() {
        var beat = pulse;
        if (beat != null) {
            beat.paused();
        }
    }

    private void inputOver(CloseReason closeReason) {
        reactor.post(() -> end(state == State.DRAINING ? FINISHED : closeReason));
    }

    private void peerIsSilent() {
        end(CloseReason.lost("no sign of life from the peer within the heartbeat time-out"));
    }

    /**
     * Writes what is left, lets the peer read it, then ends; at the given time at the latest. A second call can only
     * shorten the time.
     */
    void finish(long lingerNs) {
        assert reactor.isHere();
        if (state == State.ENDED) {
            if (lingerNs <= 0) { // perhaps before its owner has heard of the end
                closeReason = CloseReason.finished(closeReason.text());
            }
            return;
        }
        if (lingerNs <= 0 || (state == State.OPENING && opening.mayEnd())) {
            end(FINISHED);
            return;
        }
        if (lingerNs != Long.MAX_VALUE) {
            endAfter(lingerNs);
        }
        if (state == State.OPEN) {
            beginFlushing();
        }
    }

    private void beginFlushing() {
        state = State.FLUSHING;
        if (peerIsKnown) { // else as soon as it is
            beginLate();
        }
        output.write();
    }

    private void endAfter(long delayNs) {
        if (endTimer == null || !endTimer.isDueBefore(NanoTime.after(reactor.nowNs(), delayNs))) {
            if (endTimer != null) {
                endTimer.cancel();
            }
            endTimer = reactor.schedule(delayNs, () -> end(FINISHED));
        }
    }

    private void outputDrained() {
        if (state == State.FLUSHING) {
            reactor.post(this::drain);
        }
    }

    private void outputBroken(String reason) {
        reactor.post(() -> {
            if (state != State.DRAINING) { // then there is nothing to write, and what is read tells the end
                end(CloseReason.lost(reason));
            }
        });
    }

    /** All is written: says so to the peer, and waits for its end, unless it had nothing to read or tells no end. */
    private void drain() {
        if (state != State.FLUSHING) {
            return;
        }
        state = State.DRAINING;
        try {
            link.shutdownOutput();
        } catch (IOException e) {
            end(FINISHED);
            return;
        }
        if (!output.hasWrittenMessages() || link.preservesBoundaries()) { // the peer will not tell its end
            end(FINISHED);
        }
    }

    /**
     * Ends the connection; the first reason counts. Others learn of it when nobody reads or writes any more: a thread
     * of the user that is just doing so is not waited for, but tells as it leaves off.
     */
    void end(CloseReason why) {
        assert reactor.isHere();
        if (state == State.ENDED) {
            return;
        }
        wasOpening = state == State.OPENING;
        closeReason = why;
        state = State.ENDED;
        // Whatever one of these throws, there is no second end: the others are done, and the owner is told.
        Guard.run("a timer of a connection that ends", this::cancelTimers);
        Guard.run("closing a link", this::close);
        if (pipe != null) {
            pipe.connectionIs(null);
        }
        if (input == null) {
            output.end(this::atRest);
        } else {
            input.end(() -> output.end(this::atRest));
        }
    }

    /** Nobody reads or writes any more. */
    private void atRest() {
        if (!reactor.isHere()) {
            reactor.post(tellingOfEnd); // if the reactor has stopped, so has the context: nobody waits for the news
            return;
        }
        tellOfEnd();
    }

    private void tellOfEnd() {
        Guard.run("telling of a lost connection", () -> socket.event(endEvent()));
        owner.ended(this, closeReason);
    }

    private SocketEvent endEvent() {
        if (wasOpening) {
            return closeReason.status() > 0
                    ? new SocketEvent.AuthenticationFailed(
                            owner.endpoint(), peerText, closeReason.status(), closeReason.text())
                    : new SocketEvent.HandshakeFailed(owner.endpoint(), peerText, closeReason.text());
        }
        return new SocketEvent.Disconnected(owner.endpoint(), peerText, closeReason.text() + whatMayBeLost());
    }

    /** Nobody can know what the peer has read of what the operating system took. */
    private String whatMayBeLost() {
        var unheard = output.unheard();
        var isNone = closeReason.kind() == CloseReason.Kind.FINISHED || unheard == 0;
        return isNone ? "" : "; messages sent since its last sign of life, which it may not have received: " + unheard;
    }

    /** How many messages were lost because the connection ended in their midst; when it has ended. */
    long lost() {
        return output.lost();
    }

    private void cancelTimers() {
        opening.leave();
        if (pulse != null) {
            pulse.stop();
        }
        if (endTimer != null) {
            endTimer.cancel();
        }
        if (idleWatch != null) {
            idleWatch.stop();
        }
    }

    private void close() {
        try {
            link.close();
        } catch (IOException e) {
            Log.debug("closing a link failed", e);
        }
    }
}
