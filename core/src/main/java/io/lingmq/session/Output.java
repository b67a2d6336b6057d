package io.lingmq.session;

import io.lingmq.engine.Outflow;
import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.Reactor;
import io.lingmq.reactor.Task;
import io.lingmq.reactor.Timer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The writing half of a connection. Whoever has time writes: a sender whose pipe was empty, since waking the I/O thread
 * would cost it as much; a sender that has put in as much as one write can well carry, since it has it in its cache,
 * and that stays for a moment where the channel is full; one that is about to wait for an answer; else the I/O thread.
 *
 * <p>A stream of messages is not chased: the I/O thread, once called, writes what there is and comes back for the rest
 * after {@value #WATCH_NS} ns, until it finds nothing. Meanwhile nobody needs to call it. But where channels have news,
 * it has no time for naps: then it rests at once, and is called again.
 *
 * <p>Threading: {@link #writeHere} and {@link #writeAll} from any thread, {@link #wanted} from any that holds the
 * socket's lock; the {@link Role} sees to it that one writes at a time. Failures and the channel's readiness are the
 * I/O thread's affair.
 */
final class Output {
    /** A connection with much to write lets the others of its thread have their turn after so many buffers. */
    private static final int BUFFERS_PER_TURN = 4;
    /** Long enough for some hundred messages to gather, short beside the time that it takes to wake a thread. */
    private static final long WATCH_NS = 100_000;

    private static final int MOST_URGENT = 1024;
    /** About two microseconds. */
    private static final int SPINS_BETWEEN_TRIES = 100;

    private static final long NO_WAIT = Long.MIN_VALUE;

    private enum Result {
        NOTHING_LEFT,
        MORE_LEFT,
        CHANNEL_FULL
    }

    private final Reactor reactor;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final boolean writesDirectly;
    private final Runnable drained;
    private final Consumer<String> broken;
    private final Role role = new Role();
    private final Outflow outflow = new Outflow();
    private final Bursts bursts = new Bursts(System.nanoTime());
    private final ConcurrentLinkedQueue<byte[]> urgent = new ConcurrentLinkedQueue<>();
    private final AtomicInteger urgentSize = new AtomicInteger();
    private final Task writing = new Task(this::write);
    private final Task askingForChannel = new Task(this::askForChannel);
    private final Timer watch;
    /** Set before the pipe knows of the connection, and so before anybody asks. */
    private LongSupplier lastHeardNs = System::nanoTime;

    private volatile @Nullable WirePipe pipe;
    private volatile boolean begun;
    private volatile boolean channelFull;
    private boolean failed; // for who has the role
    private long messagesWritten;
    private boolean watching;
    private volatile boolean wroteHere;

    /**
     * The output of a connection.
     *
     * @param writesDirectly whether a sender may write itself; a publisher with many subscribers had better not
     * @param drained called in the writing thread when nothing is left to write
     * @param broken hears in the writing thread why the channel failed
     */
    Output(
            Reactor reactor,
            SocketChannel channel,
            SelectionKey key,
            boolean writesDirectly,
            Runnable drained,
            Consumer<String> broken) {
        this.reactor = reactor;
        this.channel = channel;
        this.key = key;
        this.writesDirectly = writesDirectly;
        this.drained = drained;
        this.broken = broken;
        watch = new Timer(reactor, this::lookAgain);
    }

    /**
     * The handshake is complete: the pipe's messages are written as soon as the output is told to {@link #begin}.
     *
     * @param heardNs when the peer last said something, as {@link System#nanoTime} has it
     */
    void carry(WirePipe lane, LongSupplier heardNs) {
        lastHeardNs = heardNs;
        pipe = lane;
    }

    /** The socket knows who the peer is: what the pipe holds is for this one, and is written. Any thread. */
    void begin() {
        begun = true;
        reactor.post(writing); // where the reactor has stopped nobody writes any more
    }

    /** The pipe whose messages may be written; null before there is one. */
    private @Nullable WirePipe lane() {
        return begun ? pipe : null;
    }

    /** Adds octets that go out before all else, unless too many wait already: a peer may flood us with PINGs. */
    void addUrgent(byte[] octets) {
        if (octets.length > 0 && urgentSize.get() < MOST_URGENT) {
            urgentSize.addAndGet(octets.length);
            urgent.add(octets);
        }
    }

    /** Writes if there are urgent octets. The I/O thread's. */
    void writeUrgent() {
        if (urgentSize.get() > 0) {
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
                && bursts.allows(System.nanoTime(), lastHeardNs.getAsLong())
                && writeDirectly()) {
            return;
        }
        reactor.post(writing);
    }

    /** Writes in the calling thread, if nobody else does; false if nothing was done. */
    private boolean writeDirectly() {
        if (channelFull || !role.tryEnter()) {
            return false;
        }
        var result = writeBuffers(1);
        if (result == Result.NOTHING_LEFT) {
            result = restUnderLock();
        }
        bursts.wrote(System.nanoTime());
        leave(result);
        return true;
    }

    /**
     * The pipe holds enough for a write, or is full: its sender writes itself, if nobody else does; false if something
     * is left.
     */
    boolean writeHere() {
        return !channelFull && role.tryEnter() && writeInRole() == Result.NOTHING_LEFT;
    }

    /**
     * The sender is far ahead of the connection: it writes, and waits for the channel and for whoever is writing, until
     * all is written; false if it was not when the time was over. What it puts in meanwhile would leave the caches
     * before it is written.
     */
    boolean writeAll(long longestNs) {
        var untilNs = System.nanoTime() + longestNs;
        while (!role.tryEnter()) {
            if (!waits(untilNs)) {
                return false;
            }
        }
        var result = writeUntil(untilNs);
        wroteHere = true;
        leave(Result.NOTHING_LEFT); // as above: a look is due anyway
        return result == Result.NOTHING_LEFT;
    }

    private Result writeUntil(long untilNs) {
        try {
            var result = Result.MORE_LEFT;
            while (result == Result.MORE_LEFT && System.nanoTime() - untilNs < 0) {
                result = writeBuffer(untilNs);
            }
            return result;
        } catch (IOException | RuntimeException | Error e) {
            return fails(e);
        }
    }

    /** A few microseconds, in which others may run; false if the time is over. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint: nothing depends on who runs next
    private static boolean waits(long untilNs) {
        if (untilNs == NO_WAIT) {
            return false;
        }
        for (var i = 0; i < SPINS_BETWEEN_TRIES; i++) {
            Thread.onSpinWait();
        }
        Thread.yield();
        return System.nanoTime() - untilNs < 0;
    }

    /** The sender has nothing else to do: it writes what there is, or leaves a note for whoever is writing. */
    void writeUnsent() {
        if (!channelFull && role.enter()) {
            writeInRole();
        }
    }

    /** The output does not rest: a look of the I/O thread is due anyway, since it was not empty. */
    private Result writeInRole() {
        var result = writeBuffers(1);
        wroteHere = true;
        leave(Result.NOTHING_LEFT);
        return result;
    }

    /** The channel takes bytes again. The I/O thread's. */
    void channelReady() {
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
        channelFull = false;
        write();
    }

    /** Writes all there is, in turns. The I/O thread's. */
    void write() {
        if (channelFull || !role.enter()) {
            return;
        }
        var before = messagesWritten;
        var result = writeBuffers(BUFFERS_PER_TURN);
        if (result == Result.NOTHING_LEFT) {
            if ((messagesWritten - before > 1 || wroteHere) && reactor.naps()) {
                watch();
            } else {
                result = rest();
            }
        }
        leave(result);
    }

    /** Comes back for what the sender of a stream is putting in meanwhile. */
    private void watch() {
        if (!watching) {
            watching = true;
            watch.set(WATCH_NS);
        }
    }

    private void lookAgain() {
        watching = false;
        if (wroteHere && reactor.naps()) {
            wroteHere = false; // the sender sees to it; what it leaves in the end is found the next time
            watch();
        } else {
            write();
        }
    }

    /** Does something while nobody writes; false if somebody does, or if it says so. The I/O thread's. */
    boolean whileNobodyWrites(BooleanSupplier work) {
        if (!role.tryEnter()) {
            return false;
        }
        try {
            return work.getAsBoolean();
        } finally {
            leave(Result.NOTHING_LEFT);
        }
    }

    /** Leaves the role; what is left, or was asked for meanwhile, is for the I/O thread. */
    private void leave(Result result) {
        if (role.leave() || result == Result.MORE_LEFT) {
            reactor.post(writing);
        }
    }

    private Result writeBuffers(int buffers) {
        try {
            var result = Result.MORE_LEFT;
            for (var i = 0; i < buffers && result == Result.MORE_LEFT; i++) {
                result = writeBuffer(NO_WAIT);
            }
            return result;
        } catch (IOException | RuntimeException | Error e) {
            return fails(e);
        }
    }

    /** Ends this connection, not its sender nor the I/O thread: nothing is thrown. */
    private Result fails(Throwable e) {
        channelFull = true;
        failed = true;
        broken.accept(e instanceof IOException ? String.valueOf(e.getMessage()) : "internal failure: " + e);
        return Result.CHANNEL_FULL;
    }

    /** Where the channel is full, waits for it until the given time, unless that is {@link #NO_WAIT}. */
    private Result writeBuffer(long untilNs) throws IOException {
        if (failed) {
            return Result.CHANNEL_FULL;
        }
        var lane = lane();
        var buffer = reactor.borrowBuffer();
        try {
            if (!fill(buffer, lane)) {
                return Result.NOTHING_LEFT;
            }
            while (!write(buffer, lane)) {
                if (!waits(untilNs)) {
                    awaitChannel();
                    return Result.CHANNEL_FULL;
                }
            }
            return buffer.limit() < buffer.capacity() ? Result.NOTHING_LEFT : Result.MORE_LEFT;
        } finally {
            reactor.giveBackBuffer(buffer);
        }
    }

    /** False if there is nothing to write. */
    private boolean fill(ByteBuffer buffer, @Nullable WirePipe lane) {
        takeUrgent();
        if (lane == null) {
            outflow.fill(buffer);
        } else {
            outflow.fill(buffer, lane);
        }
        return buffer.flip().hasRemaining();
    }

    /** False if something remains in the buffer: the channel is full. */
    private boolean write(ByteBuffer buffer, @Nullable WirePipe lane) throws IOException {
        wrote(channel.write(buffer), lane);
        return !buffer.hasRemaining();
    }

    private void wrote(int count, @Nullable WirePipe lane) {
        if (lane == null) {
            outflow.wrote(count);
        } else {
            var messages = outflow.wrote(count, lane);
            messagesWritten += messages;
            lane.taken(messages);
        }
    }

    private void takeUrgent() {
        byte[] octets;
        while ((octets = urgent.poll()) != null) {
            urgentSize.addAndGet(-octets.length);
            outflow.addUrgent(octets);
        }
    }

    /** There seems to be nothing left to write: the pipe will say when there is. The I/O thread's. */
    private Result rest() {
        var lane = lane();
        if (lane == null) {
            return Result.NOTHING_LEFT;
        }
        if (lane.restOutput()) {
            drained.run();
        } else if (lane.hasOutput()) {
            return Result.MORE_LEFT;
        } else {
            watch(); // somebody is calling the socket, perhaps to send
        }
        return Result.NOTHING_LEFT;
    }

    private Result restUnderLock() {
        var lane = lane();
        return lane == null || lane.restOutputUnderLock() ? Result.NOTHING_LEFT : Result.MORE_LEFT;
    }

    private void awaitChannel() {
        if (channelFull) {
            return; // the I/O thread is waiting already
        }
        channelFull = true;
        if (reactor.isHere()) {
            askForChannel();
        } else {
            reactor.post(askingForChannel);
        }
    }

    private void askForChannel() {
        if (key.isValid()) {
            key.interestOpsOr(SelectionKey.OP_WRITE);
        }
    }

    /**
     * The connection is lost: nobody writes any more. What was meant for this peer alone is forgotten, and so is the
     * rest of a message that it had begun.
     */
    void stop() {
        role.takeForGood();
        var lane = pipe;
        if (lane != null) {
            lane.taken(outflow.lost(lane));
        }
    }
}
