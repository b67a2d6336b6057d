package io.lingmq.session;

import io.lingmq.engine.CommandSink;
import io.lingmq.engine.Heartbeat;
import io.lingmq.engine.Opening;
import io.lingmq.engine.Outflow;
import io.lingmq.engine.PeerInfo;
import io.lingmq.engine.TrafficDecoder;
import io.lingmq.event.SocketEvent;
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

    /** A connection with much to do lets the others of its thread have their turn after so many buffers. */
    private static final int BUFFERS_PER_TURN = 4;
    private static final int MOST_URGENT = 1024;
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
    private final Outflow outflow = new Outflow();
    private final @Nullable Timer handshakeTimer;
    private final boolean takesSubscriptions;
    private State state = State.OPENING;
    private @Nullable WirePipe pipe;
    private @Nullable TrafficDecoder decoder;
    private @Nullable Heartbeat heartbeat;
    private @Nullable Timer heartbeatTimer;
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
        var limitNs = settings.nanos(Options.HANDSHAKE_TIMEOUT);
        handshakeTimer = limitNs == 0 || limitNs == Long.MAX_VALUE ? null : reactor.schedule(limitNs, this::handshakeTimedOut);
    }

    /** Sends the greeting; apart from the constructor, since it may already end the connection. */
    void start() {
        outflow.addUrgent(opening.takeOutput());
        flush();
    }

    String peer() {
        return peerText;
    }

    @Nullable WirePipe pipe() {
        return pipe;
    }

    // ---- from any thread

    @Override
    public void outputReady() {
        reactor.execute(this::flush);
    }

    @Override
    public void inputWanted() {
        reactor.execute(this::resumeReading);
    }

    @Override
    public void refuse(String reason) {
        reactor.execute(() -> end(new Ending(Ending.Kind.RULE_BROKEN, reason)));
    }

    // ---- on the reactor's thread

    @Override
    public void ready(int operations) {
        if ((operations & SelectionKey.OP_READ) != 0) {
            read();
        }
        if ((operations & SelectionKey.OP_WRITE) != 0 && state != State.ENDED) {
            wantToWrite(false);
            flush();
        }
    }

    @Override
    public void failed(Throwable cause) {
        System.getLogger("io.lingmq").log(System.Logger.Level.WARNING, "a connection to " + peerText + " failed", cause);
        end(new Ending(Ending.Kind.LOST, "internal failure: " + cause));
    }

    private void read() {
        var buffer = reactor.readBuffer();
        try {
            for (var i = 0; i < BUFFERS_PER_TURN; i++) {
                buffer.clear();
                var count = channel.read(buffer);
                if (count < 0) {
                    end(state == State.FINISHING ? FINISHED : new Ending(Ending.Kind.LOST, "the peer closed the connection"));
                    return;
                }
                take(buffer.flip());
                if (state == State.ENDED || count < buffer.capacity() || isPaused()) {
                    return;
                }
            }
        } catch (ProtocolException e) {
            end(new Ending(Ending.Kind.RULE_BROKEN, e.reason()));
        } catch (IOException e) {
            end(new Ending(Ending.Kind.LOST, String.valueOf(e.getMessage())));
        }
    }

    private void take(ByteBuffer octets) throws ProtocolException {
        if (state == State.OPENING) {
            var open = opening.receive(octets);
            outflow.addUrgent(opening.takeOutput());
            if (open) {
                becomeOpen(opening.peer());
            }
            flush();
        }
        if (state == State.OPEN && octets.hasRemaining()) {
            takeTraffic(octets);
        }
    }

    private void takeTraffic(ByteBuffer octets) throws ProtocolException {
        if (heartbeat != null) {
            heartbeat.heard(System.nanoTime());
        }
        var lane = pipe;
        if (lane == null || decoder == null) {
            return;
        }
        try {
            decoder.decode(octets);
        } finally {
            var messages = decoder.takeCount();
            if (messages > 0) {
                lane.arrived(messages);
            }
        }
        if (outflow.hasUrgent()) {
            flush();
        }
        if (state == State.OPEN && !lane.hasRoom()) {
            pauseReading(lane);
        }
    }

    @Override
    public void onCommand(Command command, boolean inMessage) throws ProtocolException {
        switch (command.name()) {
            case Command.PING -> answerPing(command);
            case Command.SUBSCRIBE, Command.CANCEL -> {
                if (!takesSubscriptions || decoder == null) {
                    return;
                }
                if (inMessage) {
                    throw new ProtocolException("a SUBSCRIBE or CANCEL stands between two frames of one message");
                }
                var subscribe = command.name().equals(Command.SUBSCRIBE);
                decoder.insert(new Subscription(subscribe, command.dataBytes()).encode());
            }
            default -> {
                // PONG has done its work by coming; unknown commands are ignored as RFC 37 asks.
            }
        }
    }

    private void answerPing(Command ping) throws ProtocolException {
        var beat = heartbeat;
        var pong = beat == null ? null : beat.pong(ping);
        if (pong == null) {
            throw new ProtocolException("a PING must carry a time to live of two octets");
        }
        // A peer that floods us with PINGs and reads nothing gets no more than this many answers.
        if (outflow.urgentSize() < MOST_URGENT) {
            outflow.addUrgent(pong);
        }
        watchHeartbeat();
    }

    private void becomeOpen(PeerInfo peer) {
        state = State.OPEN;
        if (handshakeTimer != null) {
            handshakeTimer.cancel();
        }
        var lane = owner.pipeFor(this, peer);
        pipe = lane;
        decoder = new TrafficDecoder(lane.input(), settings.get(Options.MAX_MESSAGE_SIZE), this);
        heartbeat = new Heartbeat(settings, System.nanoTime());
        lane.carriedBy(this);
        host.event(new SocketEvent.HandshakeSucceeded(owner.endpoint(), peerText, peer.type()));
        host.opened(lane, peer);
        watchHeartbeat();
    }

    private void pauseReading(WirePipe lane) {
        key.interestOpsAnd(~SelectionKey.OP_READ);
        var bell = lane.inputBell();
        bell.rest();
        if (lane.hasRoom() && bell.riseAgain()) {
            key.interestOpsOr(SelectionKey.OP_READ);
        }
    }

    private boolean isPaused() {
        return (key.interestOps() & SelectionKey.OP_READ) == 0;
    }

    private void resumeReading() {
        if (state != State.OPEN || pipe == null) {
            return;
        }
        if (pipe.hasRoom()) {
            key.interestOpsOr(SelectionKey.OP_READ);
            if (heartbeat != null) {
                heartbeat.heard(System.nanoTime());
            }
        } else {
            pauseReading(pipe);
        }
    }

    private void flush() {
        if (state == State.ENDED) {
            return;
        }
        try {
            for (var i = 0; i < BUFFERS_PER_TURN; i++) {
                if (!writeOnce()) {
                    return;
                }
            }
            reactor.execute(this::flush);
        } catch (IOException e) {
            end(new Ending(Ending.Kind.LOST, String.valueOf(e.getMessage())));
        }
    }

    /** Writes one buffer; false when there is nothing to write or the channel takes no more. */
    private boolean writeOnce() throws IOException {
        var buffer = reactor.writeBuffer();
        var lane = pipe;
        if (lane == null) {
            outflow.fill(buffer);
        } else {
            outflow.fill(buffer, lane);
        }
        if (buffer.position() == 0) {
            return lane != null && !nothingToWrite(lane);
        }
        var count = channel.write(buffer.flip());
        if (lane == null) {
            outflow.wrote(count);
        } else {
            lane.taken(outflow.wrote(count, lane));
        }
        if (buffer.hasRemaining()) {
            wantToWrite(true);
            return false;
        }
        return true;
    }

    private boolean nothingToWrite(WirePipe lane) {
        if (state == State.FINISHING) {
            sayFarewell();
            return true;
        }
        var bell = lane.outputBell();
        bell.rest();
        return !lane.hasOutput() || !bell.riseAgain();
    }

    private void wantToWrite(boolean wanted) {
        if (wanted) {
            key.interestOpsOr(SelectionKey.OP_WRITE);
        } else {
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
        }
    }

    private void watchHeartbeat() {
        var beat = heartbeat;
        if (beat == null || state != State.OPEN) {
            return;
        }
        if (heartbeatTimer != null) {
            heartbeatTimer.cancel();
        }
        var next = beat.nextLookNs();
        heartbeatTimer = next == Heartbeat.NEVER
                ? null
                : reactor.schedule(Math.max(0, next - System.nanoTime()), this::lookAtHeartbeat);
    }

    private void lookAtHeartbeat() {
        var beat = heartbeat;
        if (beat == null || state != State.OPEN) {
            return;
        }
        var nowNs = System.nanoTime();
        if (isPaused()) {
            beat.heard(nowNs); // we do not listen, so the peer's silence means nothing
        }
        if (beat.isOver(nowNs)) {
            end(new Ending(Ending.Kind.LOST, "no sign of life from the peer within the heartbeat time-out"));
            return;
        }
        var ping = beat.pingDue(nowNs);
        if (ping != null && outflow.urgentSize() < MOST_URGENT) {
            outflow.addUrgent(ping);
            flush();
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
            reactor.schedule(lingerNs, () -> end(FINISHED));
        }
        key.interestOpsOr(SelectionKey.OP_READ);
        flush();
    }

    /**
     * Everything is written. Says so to the peer and waits a little for its end: closing at once could, if it still has
     * something on its way to us, make the operating system throw away what it has not delivered yet.
     */
    private void sayFarewell() {
        if (sentEverything) {
            return;
        }
        sentEverything = true;
        try {
            channel.shutdownOutput();
            reactor.schedule(LONGEST_FAREWELL_NS, () -> end(FINISHED));
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
            pipe.input().rollback();
            pipe.taken(outflow.lost(pipe));
        }
        host.event(wasOpening
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
    }

    private void close() {
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger("io.lingmq").log(System.Logger.Level.DEBUG, "closing a channel failed", e);
        }
    }
}
