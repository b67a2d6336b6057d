package io.lingmq.session;

import io.lingmq.engine.CommandSink;
import io.lingmq.engine.TrafficDecoder;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.Task;
import io.lingmq.reactor.Timer;
import io.lingmq.wire.ProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The reading half of an open connection: reads ahead until the pipe is full, and goes on when the socket has made
 * room.
 *
 * <p>Whoever has time reads. A receiver that finds nothing {@linkplain #readHere looks for itself} before it sleeps;
 * when the I/O thread notices, it lends it the channel and lets the selector forget it, so that the two do not meet at
 * each message. The receiver gives the channel back before it sleeps; from one that is busy with other things, the I/O
 * thread takes it back. In all this the {@link Role} alone decides who reads; the loan only saves needless looks.
 *
 * <p>Threading: as the sections say; in the role is one thread at a time.
 */
final class Input {
    /** A connection with much to read lets the others of its thread have their turn after so many buffers. */
    private static final int BUFFERS_PER_TURN = 4;

    /** How long a receiver may be away from a channel that was lent to it. */
    private static final long LOAN_NS = 1_000_000;

    private final Reactor reactor;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final WirePipe lane;
    private final TrafficDecoder decoder;
    private final Consumer<Ending> over;
    private final Role role = new Role();
    private final Task resuming = new Task(this::resume);
    private final Task takingBack = new Task(this::takeBack);
    private final Timer loanWatch;
    private volatile boolean paused;
    private volatile boolean stopped;
    /** Whether a receiver looks into the channel itself. It and {@code lent}: one side writes this and reads that. */
    private volatile boolean callerLooks;
    /** Whether the selector leaves this channel to the receiver. */
    private volatile boolean lent;

    private boolean loanWatched;
    private volatile long lastLookNs;
    private volatile boolean begun;
    private volatile long lastHeardNs = System.nanoTime();

    /**
     * The input of a connection whose handshake is complete.
     *
     * @param commands hears of commands, in the reading thread
     * @param over hears in the reading thread why nothing more will come
     */
    Input(
            Reactor reactor,
            SocketChannel channel,
            SelectionKey key,
            WirePipe lane,
            Settings settings,
            CommandSink commands,
            Consumer<Ending> over) {
        this.reactor = reactor;
        this.channel = channel;
        this.key = key;
        this.lane = lane;
        this.over = over;
        loanWatch = new Timer(reactor, this::lookAtLoan);
        decoder = new TrafficDecoder(lane.input(), settings.get(Options.MAX_MESSAGE_SIZE), commands);
    }

    /** A subscription came as a command: it goes to the socket as the message that means the same. */
    void insert(byte[] body) {
        decoder.insert(body);
    }

    /** When something last came, as {@link System#nanoTime} has it. */
    long lastHeardNs() {
        return lastHeardNs;
    }

    /** Whether a receiver looks into the channel itself. */
    boolean isLookedInto() {
        return callerLooks;
    }

    /** Whether nobody reads, so that the peer's silence means nothing. */
    boolean isPaused() {
        return paused;
    }

    // ---- a receiver's

    /** Reads what there is in the calling thread, if nobody else does; false if nothing came. */
    boolean readHere() {
        if (!begun || paused || !role.tryEnter()) {
            return false;
        }
        lastLookNs = System.nanoTime();
        if (!callerLooks) {
            callerLooks = true;
        }
        var buffer = reactor.borrowBuffer();
        try {
            // A socket may have nothing to receive now and yet hold as much as it may: a REP that owes a reply, say.
            return !stopped && lane.hasRoom() && readOnce(buffer) != 0;
        } catch (RuntimeException | Error e) { // this connection's failure, not the receiver's
            return end(new Ending(Ending.Kind.LOST, "internal failure: " + e)) != 0;
        } finally {
            role.leave();
            reactor.giveBackBuffer(buffer);
        }
    }

    /** The pipe's bell says that there is room again: the I/O thread reads on. */
    void wanted() {
        reactor.post(resuming);
    }

    /** The receiver looks no longer, or should not: from now on the selector watches. Any thread. */
    void stopReadingHere() {
        if (callerLooks) {
            callerLooks = false;
            if (lent) {
                reactor.post(takingBack);
            }
        }
    }

    // ---- the I/O thread's

    /** The channel has something. */
    void read() {
        if (callerLooks) {
            lend();
        }
        if (stopped || !role.tryEnter()) {
            return; // somebody else is reading; should it leave something, the selector will say so again
        }
        try {
            readBuffers(reactor.readBuffer());
        } finally {
            role.leave();
        }
    }

    private void readBuffers(ByteBuffer buffer) {
        for (var i = 0; i < BUFFERS_PER_TURN && !stopped; i++) {
            var messages = readOnce(buffer.clear());
            if (!lane.hasRoom()) {
                pause();
                return;
            }
            if (messages < 0 || buffer.limit() < buffer.capacity()) {
                return;
            }
        }
    }

    /** Begins with what came in one piece with the end of the handshake, before anybody reads on. */
    void begin(ByteBuffer octets) {
        try {
            if (octets.hasRemaining() && !stopped) {
                decode(octets);
            }
        } catch (ProtocolException e) {
            end(new Ending(Ending.Kind.RULE_BROKEN, e.reason()));
        }
        begun = true;
    }

    /** A receiver looks for itself: the selector need not tell of this channel while it does. */
    private void lend() {
        if (lent || stopped || paused) {
            return;
        }
        lent = true;
        if (callerLooks) {
            key.interestOpsAnd(~SelectionKey.OP_READ);
            watchLoan();
        } else {
            lent = false; // it went to sleep at this moment, and may not have seen that it has to say so
        }
    }

    private void watchLoan() {
        if (!loanWatched) {
            loanWatched = true;
            loanWatch.set(LOAN_NS);
        }
    }

    /** A receiver that has not looked for a while is busy with other things. */
    private void lookAtLoan() {
        loanWatched = false;
        if (!lent) {
            return;
        }
        if (System.nanoTime() - lastLookNs > LOAN_NS) {
            callerLooks = false;
            takeBack();
        } else {
            watchLoan();
        }
    }

    private void takeBack() {
        if (!lent) {
            return;
        }
        lent = false;
        if (stopped || paused) {
            return;
        }
        if (lane.hasRoom()) {
            key.interestOpsOr(SelectionKey.OP_READ);
        } else {
            pause();
        }
    }

    private void pause() {
        if (stopped) {
            return;
        }
        paused = true;
        key.interestOpsAnd(~SelectionKey.OP_READ);
        var bell = lane.inputBell();
        bell.rest();
        if (lane.hasRoom() && bell.riseAgain()) {
            resume();
        }
    }

    private void resume() {
        if (stopped || !paused) {
            return;
        }
        if (!lane.hasRoom()) {
            pause();
            return;
        }
        paused = false;
        lastHeardNs = System.nanoTime();
        key.interestOpsOr(SelectionKey.OP_READ);
    }

    /** Does something while nobody reads; false if somebody does, or if it says so. */
    boolean whileNobodyReads(BooleanSupplier work) {
        if (!role.tryEnter()) {
            return false;
        }
        try {
            return work.getAsBoolean();
        } finally {
            role.leave();
        }
    }

    /** Nobody reads any more. */
    void stop() {
        stopped = true;
        role.takeForGood();
        lane.input().rollback();
    }

    // ---- in the role

    /** Returns how many messages came, -1 if nothing can come any more. */
    private long readOnce(ByteBuffer buffer) {
        try {
            var count = channel.read(buffer);
            if (count < 0) {
                return end(new Ending(Ending.Kind.LOST, "the peer closed the connection"));
            }
            buffer.flip();
            return count == 0 ? 0 : decode(buffer);
        } catch (ProtocolException e) {
            return end(new Ending(Ending.Kind.RULE_BROKEN, e.reason()));
        } catch (IOException e) {
            return end(new Ending(Ending.Kind.LOST, String.valueOf(e.getMessage())));
        }
    }

    private long decode(ByteBuffer octets) throws ProtocolException {
        lastHeardNs = System.nanoTime();
        var messages = 0L;
        try {
            decoder.decode(octets);
        } finally {
            messages = decoder.takeCount();
            if (messages > 0) {
                lane.arrived(messages);
            }
        }
        return messages;
    }

    private long end(Ending ending) {
        stopped = true;
        over.accept(ending);
        return -1;
    }
}
