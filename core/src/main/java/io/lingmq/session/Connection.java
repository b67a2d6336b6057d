package io.lingmq.session;

import io.lingmq.engine.CommandSink;
import io.lingmq.engine.Heartbeat;
import io.lingmq.engine.Opening;
import io.lingmq.engine.PeerInfo;
import io.lingmq.event.SocketEvent;
import io.lingmq.guard.Log;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.option.SocketType;
import io.lingmq.pipe.Carrier;
import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.ReadyHandler;
import io.lingmq.reactor.Timer;
import io.lingmq.wire.Command;
import io.lingmq.wire.ProtocolException;
import io.lingmq.wire.Subscription;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One established channel to one peer: moves bytes between the channel, the engine and a pipe.
 *
 * <pre>
 *   OPENING --handshake complete--> OPEN --finish--> FINISHING --all written--> ENDED
 *      any state --peer gone, rule broken, time over--> ENDED
 * </pre>
 *
 * <p>Threading: the methods of {@link Carrier} from any thread, all else on the reactor's.
 */
final class Connection implements Carrier, ReadyHandler, CommandSink {
    private enum State {
        OPENING,
        OPEN,
        FINISHING,
        ENDED
    }

    private static final Ending FINISHED = new Ending(Ending.Kind.FINISHED, "closed by this side");
    private static final long LONGEST_FAREWELL_NS = 1_000_000_000L;

    private final Reactor reactor;
    private final Host host;
    private final ConnectionOwner owner;
    private final Settings settings;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final String peerText;
    private final Opening opening;
    private final Output output;
    private final @Nullable Timer handshakeTimer;
    private final boolean takesSubscriptions;
    private volatile State state = State.OPENING;
    private @Nullable WirePipe pipe;
    private volatile @Nullable Input input;
    private @Nullable IdleWatch idleWatch;
    private @Nullable Heartbeat heartbeat;
    private @Nullable Timer heartbeatTimer;
    private @Nullable Timer endTimer;
    private boolean sentEverything;

    /** Takes over a connected channel and sends the greeting. */
    Connection(Reactor reactor, Host host, ConnectionOwner owner, Settings settings, SocketChannel channel, String peer)
            throws IOException {
        this.reactor = reactor;
        this.host = host;
        this.owner = owner;
        this.settings = settings;
        this.channel = channel;
        this.peerText = peer;
        takesSubscriptions = host.type() == SocketType.PUB || host.type() == SocketType.XPUB;
        opening = new Opening(host.type(), settings.get(Options.ROUTING_ID).length, host.mechanism(settings));
        key = reactor.register(channel, SelectionKey.OP_READ, this);
        output = new Output(reactor, channel, key, !takesSubscriptions, this::outputDrained, this::outputBroken);
        var limitNs = settings.nanos(Options.HANDSHAKE_TIMEOUT);
        handshakeTimer =
                limitNs == 0 || limitNs == Long.MAX_VALUE ? null : reactor.schedule(limitNs, this::handshakeTimedOut);
    }

    /** Sends the greeting; apart from the constructor, since it may already end the connection. */
    void start() {
        output.addUrgent(opening.takeOutput());
        output.write();
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
        var looksForMore = traffic != null && traffic.isLookedInto();
        output.wanted(moreFollows && !looksForMore);
    }

    @Override
    public boolean writeHere() {
        return output.writeHere();
    }

    @Override
    public boolean writeAll(long longestNs) {
        return output.writeAll(longestNs);
    }

    @Override
    public void writeUnsent() {
        output.writeUnsent();
    }

    @Override
    public boolean readHere() {
        var traffic = input;
        return traffic != null && traffic.readHere();
    }

    @Override
    public void stopReadingHere() {
        var traffic = input;
        if (traffic != null) {
            traffic.stopReadingHere();
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
        reactor.post(() -> end(new Ending(Ending.Kind.RULE_BROKEN, reason)));
    }

    // ---- on the reactor's thread

    @Override
    public void ready(int operations) {
        if ((operations & SelectionKey.OP_READ) != 0) {
            read();
        }
        if ((operations & SelectionKey.OP_WRITE) != 0 && state != State.ENDED) {
            output.channelReady();
        }
    }

    @Override
    public void failed(Throwable cause) {
        end(new Ending(Ending.Kind.LOST, "internal failure: " + cause));
        Log.warning("a connection to " + peerText + " failed", cause);
    }

    private void read() {
        var traffic = input;
        if (traffic != null && state == State.OPEN) {
            traffic.read();
            output.writeUrgent();
            return;
        }
        var buffer = reactor.readBuffer();
        try {
            var count = channel.read(buffer);
            if (count < 0) {
                end(sentEverything ? FINISHED : new Ending(Ending.Kind.LOST, "the peer closed the connection"));
            } else if (state == State.OPENING) {
                continueOpening(buffer.flip());
            }
        } catch (ProtocolException e) {
            end(new Ending(Ending.Kind.RULE_BROKEN, e.reason()));
        } catch (IOException e) {
            end(new Ending(Ending.Kind.LOST, String.valueOf(e.getMessage())));
        }
    }

    private void continueOpening(ByteBuffer octets) throws ProtocolException {
        var open = opening.receive(octets);
        output.addUrgent(opening.takeOutput());
        if (open) {
            becomeOpen(opening.peer());
        }
        output.write();
        if (input != null) {
            input.begin(octets);
            output.writeUrgent();
        }
    }

    @Override
    public void onCommand(Command command, boolean inMessage) throws ProtocolException {
        switch (command.name()) {
            case Command.PING -> {
                if (!Heartbeat.isWellFormed(command)) {
                    throw new ProtocolException("a PING must carry a time to live of two octets");
                }
                if (reactor.isHere()) {
                    answerPing(command);
                } else {
                    reactor.post(() -> {
                        answerPing(command);
                        output.writeUrgent();
                    });
                }
            }
            case Command.SUBSCRIBE, Command.CANCEL -> {
                if (!takesSubscriptions || input == null) {
                    return;
                }
                if (inMessage) {
                    throw new ProtocolException("a SUBSCRIBE or CANCEL stands between two frames of one message");
                }
                var subscribe = command.name().equals(Command.SUBSCRIBE);
                input.insert(new Subscription(subscribe, command.dataBytes()).encode());
            }
            default -> {
                // PONG has done its work by coming; unknown commands are ignored as RFC 37 asks.
            }
        }
    }

    private void answerPing(Command ping) {
        var beat = heartbeat;
        if (beat != null && state == State.OPEN) {
            output.addUrgent(beat.pong(ping));
            watchHeartbeat();
        }
    }

    private void becomeOpen(PeerInfo peer) {
        state = State.OPEN;
        if (handshakeTimer != null) {
            handshakeTimer.cancel();
        }
        var lane = owner.pipeFor(this, peer);
        pipe = lane;
        var traffic = new Input(reactor, channel, key, lane, settings, this, ending -> reactor.post(() -> end(ending)));
        input = traffic;
        idleWatch = new IdleWatch(
                reactor, lane, () -> output.whileNobodyWrites(() -> traffic.whileNobodyReads(lane::dropArrays)));
        heartbeat = new Heartbeat(settings, System.nanoTime());
        output.carry(lane, traffic::lastHeardNs);
        lane.carriedBy(this);
        host.event(new SocketEvent.HandshakeSucceeded(owner.endpoint(), peerText, peer.type()));
        host.opened(lane, peer, output::begin);
        watchHeartbeat();
    }

    private void watchHeartbeat() {
        var beat = heartbeat;
        if (beat == null || state != State.OPEN) {
            return;
        }
        var next = beat.nextLookNs();
        if (next == Heartbeat.NEVER || (heartbeatTimer != null && heartbeatTimer.isDueBefore(next))) {
            return; // an earlier look will see to it
        }
        if (heartbeatTimer != null) {
            heartbeatTimer.cancel();
        }
        heartbeatTimer = reactor.schedule(Math.max(0, next - System.nanoTime()), this::lookAtHeartbeat);
    }

    private void lookAtHeartbeat() {
        heartbeatTimer = null;
        var beat = heartbeat;
        if (beat == null || state != State.OPEN) {
            return;
        }
        var nowNs = System.nanoTime();
        beat.heard(input == null || input.isPaused() ? nowNs : input.lastHeardNs());
        if (beat.isOver(nowNs)) {
            end(new Ending(Ending.Kind.LOST, "no sign of life from the peer within the heartbeat time-out"));
            return;
        }
        var ping = beat.pingDue(nowNs);
        if (ping != null) {
            output.addUrgent(ping);
            output.write();
        }
        watchHeartbeat();
    }

    private void handshakeTimedOut() {
        if (state == State.OPENING) {
            end(new Ending(Ending.Kind.LOST, "greeting and handshake were not complete within the handshake time-out"));
        }
    }

    /** Writes what is left, then ends; at the given time at the latest. */
    void finish(long lingerNs) {
        if (state == State.ENDED) {
            return;
        }
        if (state != State.OPEN || lingerNs <= 0) {
            end(FINISHED);
            return;
        }
        state = State.FINISHING;
        if (lingerNs != Long.MAX_VALUE) {
            endAfter(lingerNs);
        }
        key.interestOpsOr(SelectionKey.OP_READ);
        output.write();
    }

    private void endAfter(long delayNs) {
        if (endTimer == null || !endTimer.isDueBefore(System.nanoTime() + delayNs)) {
            if (endTimer != null) {
                endTimer.cancel();
            }
            endTimer = reactor.schedule(delayNs, () -> end(FINISHED));
        }
    }

    private void outputDrained() {
        if (state == State.FINISHING) {
            reactor.post(this::sayFarewell);
        }
    }

    private void outputBroken(String reason) {
        reactor.post(() -> end(new Ending(Ending.Kind.LOST, reason)));
    }

    /**
     * Everything is written. Says so to the peer and waits a little for its end: closing at once could, if it still has
     * something on its way to us, make the operating system throw away what it has not delivered yet.
     */
    private void sayFarewell() {
        if (sentEverything || state == State.ENDED) {
            return;
        }
        sentEverything = true;
        try {
            channel.shutdownOutput();
            endAfter(LONGEST_FAREWELL_NS);
        } catch (IOException e) {
            end(FINISHED);
        }
    }

    /** Ends the connection; the first reason counts. */
    void end(Ending ending) {
        if (state == State.ENDED) {
            return;
        }
        var wasOpening = state == State.OPENING;
        state = State.ENDED;
        cancelTimers();
        close();
        if (pipe != null) {
            pipe.carriedBy(null);
        }
        if (input != null) {
            input.stop();
        }
        output.stop();
        host.event(
                wasOpening
                        ? new SocketEvent.HandshakeFailed(owner.endpoint(), peerText, ending.reason())
                        : new SocketEvent.Disconnected(owner.endpoint(), peerText, ending.reason()));
        owner.ended(this, ending);
    }

    private void cancelTimers() {
        if (handshakeTimer != null) {
            handshakeTimer.cancel();
        }
        if (heartbeatTimer != null) {
            heartbeatTimer.cancel();
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
            channel.close();
        } catch (IOException e) {
            Log.debug("closing a channel failed", e);
        }
    }
}
