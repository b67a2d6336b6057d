package io.lingmq.session;

import io.lingmq.chain.ChainWriter;
import io.lingmq.event.DropReason;
import io.lingmq.frame.Inbound;
import io.lingmq.guard.Guard;
import io.lingmq.guard.Log;
import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.Task;
import io.lingmq.reactor.Timer;
import io.lingmq.session.InputState.News;
import io.lingmq.session.ReadOwnership.ReadOwner;
import io.lingmq.transport.Link;
import io.lingmq.wire.ProtocolException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The reading half of an open connection: reads ahead until the pipe is full, and goes on when the socket has made
 * room.
 *
 * <p>Whoever has time reads. A receiver that finds nothing {@linkplain #readInline reads inline} before it sleeps. When
 * the I/O thread notices, or is told, it makes the receiver the {@linkplain ReadOwnership owner} and lets the selector
 * forget the channel. The receiver releases the channel before it sleeps; from one that is busy with other things, the
 * I/O thread takes it back. In all this the {@link SerialGate} alone decides who reads, from the first octet behind the
 * handshake to the last one that is thrown away at the end; the owner only saves needless looks.
 *
 * <p>Nothing is read while the pipe is full, and what one read brings goes into it as a whole: so a mark of N holds N
 * messages and what one read brings, which is at most {@linkplain Reactor#withBuffer a buffer}.
 *
 * <p>What it is about is its {@link InputState}.
 *
 * <p>Threading: as the sections say; one thread at a time is in the gate. The state is the I/O thread's to change.
 */
final class Input {
    /** A connection with much to read lets the others of its thread go on after so many buffers. */
    private static final int BUFFERS_AT_ONCE = 4;

    private final Reactor reactor;
    private final Link link;
    private final boolean readsDatagrams;
    private final WirePipe pipe;
    private final Inbound decoder;
    private final Consumer<CloseReason> over;
    private final Runnable pausing;
    private final Task goingOn = new Task(this::goOn);
    private final Task takingBack = new Task(this::takeBack);
    private final SerialGate gate;
    private final Supplier<Boolean> readingInline = this::readInReceiver;
    private final Supplier<Boolean> readingInIoThread = this::readInIoThread;
    private final Function<ByteBuffer, Boolean> readingInto = this::readInto;
    private final ReadOwnership ownership;
    private final Timer absenceCheck;
    private boolean absenceIsChecked;
    private volatile InputState state = InputState.BEGINNING;
    private volatile long lastHeardNs;
    // For the thread in the gate:
    private boolean nothingFollows;
    private long sorted;

    /**
     * The input of a connection whose handshake is complete.
     *
     * @param inbound makes of the pipe's chain what sorts the peer's octets into it
     * @param pausing hears in the I/O thread that reading pauses
     * @param over hears in the reading thread why nothing more will come
     */
    Input(
            Reactor reactor,
            Link link,
            WirePipe pipe,
            Function<ChainWriter, Inbound> inbound,
            Runnable pausing,
            Consumer<CloseReason> over) {
        this.reactor = reactor;
        this.link = link;
        readsDatagrams = link.preservesBoundaries();
        this.pipe = pipe;
        this.pausing = pausing;
        this.over = over;
        ownership = new ReadOwnership(reactor.nowNs());
        lastHeardNs = reactor.nowNs();
        gate = new SerialGate(() -> reactor.post(goingOn));
        absenceCheck = new Timer(reactor, this::checkAbsence);
        decoder = inbound.apply(pipe.input());
    }

    /** Goes on to the next state; false if the news mean nothing in this one. */
    private boolean transition(News news) {
        assert reactor.isHere() : "on the reactor's thread";
        var next = state.after(news);
        if (next == null) {
            return false;
        }
        state = next;
        return true;
    }

    // ---- any thread's

    /** When something last came, as the reactor's clock has it. */
    long lastHeardNs() {
        return lastHeardNs;
    }

    /** Whether a receiver reads inline. */
    boolean isReadInline() {
        return ownership.isClaimed();
    }

    /** Whether nobody reads, so that the peer's silence means nothing. */
    boolean isPaused() {
        return state.isQuiet();
    }

    // ---- a receiver's

    /** Reads what there is in the calling thread, if nobody else does; false if nothing came. */
    boolean readInline() {
        if (!state.takesMessages()) { // if paused, there may be room by now
            return false;
        }
        var came = gate.tryRun(readingInline);
        return came != null && came;
    }

    /** The pipe's bell says that there is room again: the I/O thread reads on. */
    void wanted() {
        reactor.post(goingOn);
    }

    /** The receiver looks no longer, or should not: from now on the selector watches. Any thread. */
    void stopReadingInline() {
        if (ownership.release()) {
            reactor.post(takingBack);
        }
    }

    // ---- the I/O thread's

    /** The channel has something. */
    void read() {
        goOn();
    }

    /**
     * Reads on, or rests; where somebody else is reading, as soon as that is over. Where the receiver owns the channel
     * it reads at most once more: the receiver may just have looked, and be busy now.
     */
    private void goOn() {
        assert reactor.isHere();
        if (state == InputState.ENDED) {
            return;
        }
        if (state == InputState.BEGINNING) {
            link.readInterest(false); // else the selector would tell again and again meanwhile
        } else if (isCallers()) {
            var unused = gate.tryRun(readingInIoThread);
        } else if (gate.run(readingInIoThread) == null) {
            link.readInterest(false);
        }
    }

    /**
     * Looks whether something has come that nobody has read yet; false if not. It does not tell whether a thread is
     * reading now.
     */
    boolean looksOnce() {
        assert reactor.isHere();
        if (state == InputState.BEGINNING) {
            return true; // what came with the end of the handshake is first, and nobody may read before
        }
        var heardBefore = lastHeardNs;
        return gate.tryRun(readingInIoThread) == null || lastHeardNs != heardBefore;
    }

    /** Begins with what came in one piece with the end of the handshake, before anybody reads on. */
    void begin(ByteBuffer octets) {
        assert reactor.isHere() && state == InputState.BEGINNING;
        var alone = gate.tryRun(() -> sortFirst(octets));
        assert alone != null : "nobody else reads yet";
        lastHeardNs = reactor.nowNs(); // while nobody listened the peer was not silent
        transition(News.BEGINS);
        reactor.post(goingOn);
    }

    /** From now on nobody wants what comes. */
    void discard() {
        assert reactor.isHere();
        if (state != InputState.ENDED) {
            transition(News.DISCARDS);
            ownership.release();
            ownership.takeBack();
            goOn();
        }
    }

    /**
     * Whether the channel is the receiver's, since now or before: then the selector need not tell of it, and where the
     * pipe is full no bell need ring.
     */
    private boolean isCallers() {
        if (mayPass() && ownership.isClaimed()) {
            checkLater(); // first: there may be no memory for it
            if (ownership.passes()) {
                reading();
                link.readInterest(false);
            }
        }
        return ownership.owner() == ReadOwner.CALLER;
    }

    private boolean mayPass() {
        return ownership.owner() == ReadOwner.SELECTOR && state.takesMessages();
    }

    private void checkLater() {
        if (!absenceIsChecked) {
            absenceCheck.set(ReadOwnership.LONGEST_ABSENCE_NS);
            absenceIsChecked = true;
        }
    }

    private void checkAbsence() {
        absenceIsChecked = false;
        if (state == InputState.ENDED || ownership.owner() == ReadOwner.SELECTOR) {
            return;
        }
        if (ownership.endsAbandoned(reactor.nowNs())) {
            takeBack();
        } else {
            checkLater();
        }
    }

    private void takeBack() {
        if (ownership.takeBack()) {
            goOn();
        }
    }

    /** Does something while nobody reads; false if somebody does, or if it says so. */
    boolean whileNobodyReads(BooleanSupplier work) {
        var done = gate.<Boolean>tryRun(work::getAsBoolean);
        return done != null && done;
    }

    /**
     * Nobody reads any more.
     *
     * @param then called when that is certain: here and now, or by whoever is just reading, as it leaves off
     */
    void end(Runnable then) {
        assert reactor.isHere();
        transition(News.ENDS);
        gate.end(() -> {
            Guard.run("ending what a peer sent", this::endMessages);
            then.run();
        });
    }

    // ---- in the gate

    private void endMessages() {
        discardIfHungUp();
        pipe.input().rollback();
        decoder.end();
        arrived();
    }

    /** A subscription came as a command: it goes to the socket as the message that means the same. */
    void insert(byte[] body) {
        assert gate.isMine();
        decoder.insert(body);
    }

    /** True unless it failed. */
    private boolean sortFirst(ByteBuffer octets) {
        try {
            discardIfHungUp();
            sort(octets);
            return true;
        } catch (RuntimeException | Error e) {
            return fails(e);
        }
    }

    /** Neither the beginning nor the end of such a connection is told, however it ends. */
    private void discardIfHungUp() {
        if (pipe.isHungUp()) {
            decoder.discard();
        }
    }

    /** True if messages came, or nothing more can come. */
    private boolean readInReceiver() {
        var before = sorted;
        // A socket may have nothing to receive now and yet hold as much as it may: a REP that owes a reply, say.
        if (pipe.hasRoom()) {
            ownership.looks(reactor.nowNs());
            readOnce();
        }
        if (sorted != before && ownership.tellsAfterRead()) {
            reactor.post(goingOn);
        }
        return sorted != before || nothingFollows;
    }

    private boolean readInIoThread() {
        assert state != InputState.BEGINNING : "what came with the end of the handshake is first";
        if (state == InputState.DISCARDING) {
            decoder.discard();
        }
        for (var i = 0; i < BUFFERS_AT_ONCE && hasRoom(); i++) {
            if (!readOnce()) {
                break;
            }
        }
        settle();
        return true;
    }

    private boolean hasRoom() {
        return state == InputState.DISCARDING || pipe.hasRoom();
    }

    /** Decides how the I/O thread learns of what comes next: by the pipe's bell or by the selector. */
    private void settle() {
        if (nothingFollows || state == InputState.ENDED) {
            return;
        }
        if (hasRoom()) {
            readOn();
            return;
        }
        if (ownership.owner() == ReadOwner.CALLER) {
            return; // the receiver reads when it has made room, and its absence is noticed
        }
        transition(News.IS_FULL);
        link.readInterest(false);
        var bell = pipe.inputBell();
        bell.arm();
        if (pipe.hasRoom() && bell.disarm()) {
            readOn();
        } else {
            pausing.run();
        }
    }

    private void readOn() {
        reading();
        if (ownership.owner() == ReadOwner.SELECTOR) {
            link.readInterest(true);
        }
    }

    private void reading() {
        if (transition(News.HAS_ROOM)) {
            lastHeardNs = reactor.nowNs(); // while nobody listened the peer was not silent
        }
    }

    /** True if there may be more. A failure ends this connection alone. */
    private boolean readOnce() {
        assert gate.isMine();
        if (nothingFollows) {
            return false;
        }
        try {
            return reactor.withBuffer(readingInto);
        } catch (RuntimeException | Error e) {
            return fails(e);
        }
    }

    private boolean fails(Throwable e) {
        ends(CloseReason.lost("internal failure: " + e));
        Log.warning("reading from a connection failed", e);
        return false;
    }

    /** True if there may be more: the buffer was filled to the brim, or with the first of some datagrams. */
    private boolean readInto(ByteBuffer buffer) {
        try {
            var count = link.read(buffer);
            if (count < 0) {
                ends(CloseReason.lost("the peer closed the connection"));
            }
            if (count <= 0) {
                return false;
            }
        } catch (IOException e) {
            ends(CloseReason.lost(String.valueOf(e.getMessage())));
            return false;
        }
        lastHeardNs = reactor.nowNs();
        var mayBeMore = readsDatagrams || !buffer.hasRemaining();
        sort(buffer.flip());
        return mayBeMore;
    }

    /** Lets the socket have the messages among the octets. */
    private void sort(ByteBuffer octets) {
        try {
            decoder.decode(octets);
        } catch (ProtocolException e) {
            ends(CloseReason.ruleBroken(e.reason()));
        } finally {
            arrived();
        }
    }

    private void arrived() {
        var dropped = decoder.takeDropped();
        if (dropped > 0) {
            pipe.droppedByConnection(DropReason.MALFORMED, dropped);
        }
        var messages = decoder.takeCount();
        if (messages > 0) {
            sorted += messages;
            pipe.arrived(messages);
        }
    }

    private void ends(CloseReason reason) {
        nothingFollows = true;
        over.accept(reason);
    }
}
