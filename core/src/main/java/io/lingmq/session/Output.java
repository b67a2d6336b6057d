package io.lingmq.session;

import io.lingmq.engine.Outbound;
import io.lingmq.guard.Guard;
import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.Task;
import io.lingmq.session.OutputState.News;
import io.lingmq.transport.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The writing half of a connection. Whoever has time writes: a sender whose pipe was empty, since waking the I/O thread
 * would cost it as much; a sender that has put in as much as one write can well carry, since it has it in its cache,
 * and that stays for a moment where the channel is full; one that is about to wait for an answer; else the I/O thread.
 *
 * <p>What it may write is its {@link OutputState}.
 *
 * <p>Which thread writes a message, and when, depends on how many there are: {@link Batching} decides. A stream is not
 * chased: the I/O thread, once called, writes what there is and comes back for the rest after a timed park, until it
 * finds little. Meanwhile nobody needs to call it. But where channels have news it has no time for timed parks: then it
 * rests at once, and is called again.
 *
 * <p>Threading: {@link #writeInline} and {@link #writeAll} from any thread, {@link #wanted} from any that holds the
 * socket's lock; the {@link SerialGate} sees to it that one writes at a time. Failures and the channel's readiness are
 * the I/O thread's affair.
 */
final class Output {
    /** A connection with much to write lets the others of its thread go on after so many buffers. */
    private static final int BUFFERS_AT_ONCE = 4;

    /** About as long as a call of a socket takes. */
    private static final int MOST_TRIES_TO_REST = 20;

    private static final long NO_WAIT = Long.MIN_VALUE;

    private enum Result {
        NOTHING_LEFT,
        MORE_LEFT,
        CHANNEL_FULL
    }

    private final Reactor reactor;
    private final Link link;
    private final boolean writesDirectly;
    private final Runnable drained;
    private final Consumer<String> broken;
    private final WrittenMessages messages = new WrittenMessages();
    private final OpeningOctets opening = new OpeningOctets();
    private final Passage passage;
    private final Batching batching;
    private final UrgentOctets urgent = new UrgentOctets();
    private final Task writing = new Task(this::write);
    private final Task askingForChannel = new Task(this::askForChannel);
    private final SerialGate gate;
    private final Supplier<Result> writingDirectly = this::writeAndRest;
    private final Supplier<Result> writingInline = this::writeOnce;
    private final Supplier<Result> writingInIoThread = this::writeInIoThread;
    private final LongFunction<Result> writingUntil = this::writeUntil;
    private final Function<ByteBuffer, Result> writingFrom = this::writeFrom;
    private final Task lookingAgain = new Task(this::lookAgain);
    /** Set before the pipe knows of the connection, and so before anybody asks. */
    private LongSupplier lastHeardNs;

    private volatile @Nullable Outbound outbound; // there when the connection is open
    private volatile @Nullable WirePipe pipe;
    private final OutputMachine state = new OutputMachine();
    // For the thread in the gate:
    private long waitUntilNs = NO_WAIT;
    private long lost;

    /**
     * The output of a connection.
     *
     * @param writesDirectly whether a sender may write itself; a publisher with many subscribers had better not
     * @param drained called in the writing thread when nothing is left to write
     * @param broken hears in the writing thread why the channel failed
     */
    Output(Reactor reactor, Link link, boolean writesDirectly, Runnable drained, Consumer<String> broken) {
        this.reactor = reactor;
        this.link = link;
        this.writesDirectly = writesDirectly;
        this.drained = drained;
        this.broken = broken;
        passage = new Passage(reactor);
        batching = new Batching(reactor.nowNs());
        lastHeardNs = reactor::nowNs;
        gate = new SerialGate(() -> reactor.post(writing));
    }

    /**
     * The handshake is complete: the pipe's messages are written as soon as the output is told to {@link #begin}.
     *
     * @param outbound writes what the pipe holds
     * @param heardNs when the peer last said something, as the reactor's clock has it
     */
    void opened(WirePipe pipe, Outbound outbound, LongSupplier heardNs) {
        lastHeardNs = heardNs;
        this.outbound = outbound;
        this.pipe = pipe;
    }

    /** The socket knows who the peer is: what the pipe holds is for this one, and is written. Any thread. */
    void begin() {
        state.after(News.BEGINS);
        reactor.post(writing); // where the reactor has stopped nobody writes any more
    }

    /** The pipe whose messages may be written; null before there is one. */
    private @Nullable WirePipe begunPipe() {
        return state.hasBegun() ? pipe : null;
    }

    /** Adds octets of the greeting or the handshake; the caller then asks for a write. The I/O thread's. */
    void addOpening(byte[] octets) {
        assert reactor.isHere() && !state.hasBegun();
        opening.add(octets);
    }

    /** Adds a command that goes out before other traffic; the caller then asks for a write. Any thread. */
    void addUrgent(byte[] frame) {
        urgent.add(frame);
    }

    /** Whether octets of the opening are not written yet. The I/O thread's, before the connection is open. */
    boolean hasOpening() {
        return opening.areLeft();
    }

    /** Whether urgent octets wait to be written, or for the rest of a message to be written before them. Any thread. */
    boolean hasUrgent() {
        return urgent.areLeft();
    }

    /** Whether the channel takes nothing now. Any thread. */
    boolean isBlocked() {
        return state.isBlocked();
    }

    /** How fast the channel takes what is written. Any thread. */
    Passage passage() {
        return passage;
    }

    /** Writes if there are urgent octets. The I/O thread's. */
    void writeUrgent() {
        if (urgent.areLeft()) {
            write();
        }
    }

    /**
     * The pipe had been empty and now has something. Under the socket's lock.
     *
     * @param moreFollows whether more is likely to follow soon: then the I/O thread writes, unless the sender has first
     *     come to its end
     */
    void wanted(boolean moreFollows) {
        if (writesDirectly
                && !moreFollows
                && !reactor.isHere()
                && batching.writesSingly(reactor.nowNs(), lastHeardNs.getAsLong())
                && writeDirectly()) {
            return;
        }
        reactor.post(writing);
    }

    /** Writes in the calling thread, if nobody else does; false if nothing was done. */
    private boolean writeDirectly() {
        if (state.isBlocked()) {
            return false;
        }
        var result = gate.tryRun(writingDirectly);
        if (result == Result.MORE_LEFT) {
            reactor.post(writing);
        }
        return result != null;
    }

    /**
     * The pipe holds enough for a write, or is full: its sender writes itself, if nobody else does; false if something
     * is left. A look of the I/O thread is due anyway, since the output was not empty.
     */
    boolean writeInline() {
        return !state.isBlocked() && gate.tryRun(writingInline) == Result.NOTHING_LEFT;
    }

    /**
     * The sender is far ahead of the connection: it writes, and waits for the channel and for whoever is writing, until
     * all is written; false if it was not when the time was over. What it puts in meanwhile would leave the caches
     * before it is written.
     */
    boolean writeAll(long longestNs) {
        var untilNs = reactor.nowNs() + longestNs;
        Result result;
        while ((result = gate.tryRun(writingUntil, untilNs)) == null) {
            if (gate.isOver() || !waits(untilNs)) {
                return false;
            }
        }
        return result == Result.NOTHING_LEFT; // if not: as above, a look is due anyway
    }

    private boolean waits(long untilNs) {
        return untilNs != NO_WAIT && BriefWait.before(untilNs, reactor);
    }

    /** The sender has nothing else to do: it writes what there is, or leaves a note for whoever is writing. */
    void flush() {
        if (!state.isBlocked()) {
            gate.run(writingInline);
        }
    }

    /** The channel takes bytes again. The I/O thread's. */
    void channelReady() {
        assert reactor.isHere();
        link.writeInterest(false);
        state.after(News.TAKES_AGAIN);
        write();
    }

    /** Writes all there is, some buffers at a time. The I/O thread's. */
    void write() {
        assert reactor.isHere();
        if (!state.isBlocked() && gate.run(writingInIoThread) == Result.MORE_LEFT) {
            reactor.post(writing);
        }
    }

    /** Comes back for what is put in meanwhile and nobody else writes. */
    private void comeBack() {
        reactor.comeBack(lookingAgain, batching.parkNs());
    }

    private void lookAgain() {
        if (batching.senderSeesToIt() && !reactor.channelsHaveNews()) {
            comeBack();
        } else {
            write();
        }
    }

    /** Does something while nobody writes; false if somebody does, or if it says so. The I/O thread's. */
    boolean whileNobodyWrites(BooleanSupplier work) {
        var done = gate.<Boolean>tryRun(work::getAsBoolean);
        return done != null && done;
    }

    /**
     * The connection is lost: nobody writes any more. What was meant for this peer alone is forgotten, and so is the
     * rest of a message that it had begun.
     *
     * @param then called when that is certain: here and now, or by whoever is just writing, as it leaves off
     */
    void end(Runnable then) {
        gate.end(() -> {
            Guard.run("forgetting what cannot be written any more", this::forget);
            then.run();
        });
    }

    /** How many messages the operating system has taken as a whole. Any thread. */
    long messagesWritten() {
        return messages.all();
    }

    /** Whether any message was written; to be asked when {@code drained} has told that nothing is left. */
    boolean hasWrittenMessages() {
        return messages.all() > 0;
    }

    /** How many messages were lost because this connection ended in their midst; when it has ended. */
    long lost() {
        return lost;
    }

    /** How many messages were written since the peer last said something, about; when the connection has ended. */
    long unheard() {
        return messages.unheard();
    }

    // ---- in the gate

    private Result writeAndRest() {
        try {
            var result = writeBuffers(1);
            if (result == Result.NOTHING_LEFT) {
                result = restUnderLock();
            }
            batching.wroteSingly(reactor.nowNs());
            return result;
        } catch (RuntimeException | Error e) {
            return fails(e);
        }
    }

    private Result writeOnce() {
        var before = passage.written();
        try {
            return writeBuffers(1);
        } catch (RuntimeException | Error e) {
            return fails(e);
        } finally {
            noteWritten(before);
        }
    }

    private void noteWritten(long before) {
        if (passage.written() != before) {
            batching.senderWrote();
        }
    }

    private Result writeUntil(long untilNs) {
        waitUntilNs = untilNs;
        var before = passage.written();
        try {
            var result = Result.MORE_LEFT;
            while (result == Result.MORE_LEFT && reactor.nowNs() - untilNs < 0) {
                result = writeBuffer();
            }
            return result;
        } catch (RuntimeException | Error e) {
            return fails(e);
        } finally {
            waitUntilNs = NO_WAIT;
            noteWritten(before);
        }
    }

    private Result writeInIoThread() {
        try {
            var messagesBefore = messages.all();
            var octetsBefore = passage.written();
            var result = writeBuffers(BUFFERS_AT_ONCE);
            if (result != Result.NOTHING_LEFT) {
                return result;
            }
            var next = batching.afterLook(
                    messages.all() - messagesBefore, passage.written() - octetsBefore, reactor.nowNs());
            if (next == Batching.Next.REST || reactor.channelsHaveNews()) {
                return rest();
            }
            comeBack();
            return result;
        } catch (RuntimeException | Error e) {
            return fails(e);
        }
    }

    private Result writeBuffers(int buffers) {
        var result = Result.MORE_LEFT;
        for (var i = 0; i < buffers && result == Result.MORE_LEFT; i++) {
            result = writeBuffer();
        }
        return result;
    }

    /** Ends this connection, not its sender nor the I/O thread: nothing is thrown. */
    private Result fails(Throwable e) {
        state.after(News.FAILS);
        broken.accept(e instanceof IOException ? String.valueOf(e.getMessage()) : "internal failure: " + e);
        return Result.CHANNEL_FULL;
    }

    private Result writeBuffer() {
        assert gate.isMine();
        return state.hasFailed() ? Result.CHANNEL_FULL : reactor.withBuffer(writingFrom);
    }

    /** Where the channel is full, waits for it until the time that is set, unless that is {@link #NO_WAIT}. */
    private Result writeFrom(ByteBuffer buffer) {
        var current = begunPipe();
        var moreMayBeLeft = fill(buffer, current);
        if (!buffer.flip().hasRemaining()) {
            passage.drained();
            return Result.NOTHING_LEFT;
        }
        try {
            while (!write(buffer, current)) {
                if (!waits(waitUntilNs)) {
                    awaitChannel();
                    return Result.CHANNEL_FULL;
                }
            }
        } catch (IOException e) {
            return fails(e);
        }
        if (moreMayBeLeft) {
            return Result.MORE_LEFT;
        }
        passage.drained();
        return Result.NOTHING_LEFT;
    }

    /**
     * Traffic follows when all of the opening is written; false if there is surely nothing behind what is filled in.
     */
    private boolean fill(ByteBuffer buffer, @Nullable WirePipe pipe) {
        if (opening.areLeft()) {
            opening.fill(buffer);
            return true;
        }
        var writer = outbound;
        if (writer == null) {
            return false;
        }
        urgent.moveTo(writer);
        return writer.fill(buffer, pipe);
    }

    /** False if something remains in the buffer: the channel is full. */
    private boolean write(ByteBuffer buffer, @Nullable WirePipe pipe) throws IOException {
        var count = link.write(buffer);
        passage.wrote(count, buffer.hasRemaining());
        var writer = outbound;
        if (opening.areLeft()) {
            opening.wrote(count);
        } else if (writer != null) {
            wrote(count, writer, pipe);
        }
        return !buffer.hasRemaining();
    }

    private void wrote(int count, Outbound writer, @Nullable WirePipe pipe) {
        var urgentBefore = writer.urgentSize();
        var gone = writer.wrote(count, pipe);
        if (pipe != null) {
            messages.add(gone, lastHeardNs.getAsLong());
            pipe.taken(gone);
        }
        urgent.wrote(urgentBefore - writer.urgentSize());
    }

    /** There seems to be nothing left to write: the pipe will say when there is. The I/O thread's. */
    private Result rest() {
        var current = begunPipe();
        if (current == null) {
            return Result.NOTHING_LEFT;
        }
        for (var tries = 0; tries < MOST_TRIES_TO_REST; tries++) {
            if (current.restOutput()) {
                drained.run();
                return Result.NOTHING_LEFT;
            }
            if (current.hasOutput()) {
                return Result.MORE_LEFT;
            }
            Thread.onSpinWait(); // somebody is calling the socket, perhaps to send; mostly that is soon over
        }
        reactor.comeBack(lookingAgain, Batching.SHORTEST_PARK_NS);
        return Result.NOTHING_LEFT;
    }

    private Result restUnderLock() {
        var current = begunPipe();
        return current == null || current.restOutputUnderLock() ? Result.NOTHING_LEFT : Result.MORE_LEFT;
    }

    private void awaitChannel() {
        if (!state.after(News.IS_FULL)) {
            return; // the I/O thread is waiting already
        }
        if (reactor.isHere()) {
            askForChannel();
        } else {
            reactor.post(askingForChannel);
        }
    }

    private void askForChannel() {
        link.writeInterest(true);
    }

    private void forget() {
        assert gate.isMine();
        var current = pipe;
        var writer = outbound;
        if (current != null && writer != null) {
            lost = writer.lost(current);
            current.taken(lost);
        }
    }
}
