package io.lingmq.session;

import io.lingmq.engine.Outflow;
import io.lingmq.pipe.WirePipe;
import io.lingmq.reactor.Reactor;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The writing half of a connection. Whoever has time writes: a sender whose pipe was empty, since waking the I/O thread
 * would cost it as much; a sender whose pipe is full, since it would have to wait; else the I/O thread.
 *
 * <p>Threading: {@link #writeHere} and {@link #wanted} from any thread; the {@link Role} sees to it that one writes at
 * a time. Failures and the channel's readiness are the I/O thread's affair.
 */
final class Output {
    /** A connection with much to write lets the others of its thread have their turn after so many buffers. */
    private static final int BUFFERS_PER_TURN = 4;
    /** Messages closer together than this are a stream, which the I/O thread writes in larger pieces. */
    private static final long STREAM_GAP_NS = 10_000;

    private static final int GATHERING_LOOKS = 3;
    private static final int WORTHWHILE_SIZE = 16 * 1024;
    private static final int MOST_URGENT = 1024;

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
    private final Consumer<IOException> broken;
    private final Role role = new Role();
    private final Outflow outflow = new Outflow();
    private final ConcurrentLinkedQueue<byte[]> urgent = new ConcurrentLinkedQueue<>();
    private final AtomicInteger urgentSize = new AtomicInteger();
    private volatile @Nullable WirePipe pipe;
    private volatile boolean channelFull;
    private volatile long lastDirectWriteNs = System.nanoTime() - STREAM_GAP_NS;

    /**
     * The output of a connection.
     *
     * @param writesDirectly whether a sender may write itself; a publisher with many subscribers had better not
     * @param drained called in the writing thread when nothing is left to write
     * @param broken called in the writing thread when the channel fails
     */
    Output(
            Reactor reactor,
            SocketChannel channel,
            SelectionKey key,
            boolean writesDirectly,
            Runnable drained,
            Consumer<IOException> broken) {
        this.reactor = reactor;
        this.channel = channel;
        this.key = key;
        this.writesDirectly = writesDirectly;
        this.drained = drained;
        this.broken = broken;
    }

    /** The handshake is complete: from now on the pipe's messages are written. */
    void carry(WirePipe lane) {
        pipe = lane;
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

    /** The pipe had been empty and now has something. Any thread. */
    void wanted() {
        if (writesDirectly && !reactor.isHere()) {
            var nowNs = System.nanoTime();
            var isStream = nowNs - lastDirectWriteNs < STREAM_GAP_NS;
            lastDirectWriteNs = nowNs;
            if (!isStream && writeDirectly()) {
                return;
            }
        }
        reactor.execute(this::write);
    }

    /** Writes in the calling thread, if nobody else does; false if nothing was done. */
    private boolean writeDirectly() {
        if (channelFull || !role.tryEnter()) {
            return false;
        }
        if (writeAndLeave(BUFFERS_PER_TURN) == Result.MORE_LEFT) {
            reactor.execute(this::write);
        }
        return true;
    }

    /**
     * The pipe is full and its sender writes itself, if nobody else does; false if nothing was done. The bell does not
     * rest: a look of the I/O thread is due anyway, since the pipe is not empty.
     */
    boolean writeHere() {
        if (channelFull || !role.tryEnter()) {
            return false;
        }
        try {
            return writeBuffers(1, false) != Result.CHANNEL_FULL;
        } finally {
            if (!role.leave()) {
                role.leave();
                reactor.execute(this::write);
            }
        }
    }

    /** The channel takes bytes again. The I/O thread's. */
    void channelReady() {
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
        channelFull = false;
        write();
    }

    /** Writes all there is, in turns. The I/O thread's. */
    void write() {
        if (!channelFull && role.enter() && writeAndLeave(BUFFERS_PER_TURN) == Result.MORE_LEFT) {
            reactor.execute(this::write);
        }
    }

    private Result writeAndLeave(int buffers) {
        Result result;
        do {
            result = writeBuffers(buffers, true);
        } while (!role.leave());
        return result;
    }

    private Result writeBuffers(int buffers, boolean thenRest) {
        try {
            var result = Result.MORE_LEFT;
            for (var i = 0; i < buffers && result == Result.MORE_LEFT; i++) {
                result = writeBuffer(thenRest);
            }
            return result;
        } catch (IOException e) {
            channelFull = true;
            broken.accept(e);
            return Result.CHANNEL_FULL;
        }
    }

    private Result writeBuffer(boolean thenRest) throws IOException {
        var lane = pipe;
        var buffer = reactor.borrowBuffer();
        try {
            takeUrgent();
            if (lane == null) {
                outflow.fill(buffer);
            } else {
                letStreamGather(lane);
                outflow.fill(buffer, lane);
            }
            if (buffer.position() == 0) {
                return thenRest && lane != null && restingFails(lane) ? Result.MORE_LEFT : Result.NOTHING_LEFT;
            }
            var count = channel.write(buffer.flip());
            if (lane == null) {
                outflow.wrote(count);
            } else {
                lane.taken(outflow.wrote(count, lane));
            }
            if (buffer.hasRemaining()) {
                awaitChannel();
                return Result.CHANNEL_FULL;
            }
            return Result.MORE_LEFT;
        } finally {
            reactor.giveBackBuffer(buffer);
        }
    }

    /**
     * A sender that is putting in message after message gets its processor for a moment while the output grows, up to a
     * worthwhile size: one write of many messages costs hardly more than one of a few. Where nothing grows, nothing is
     * lost but the time of one look.
     */
    @SuppressWarnings("ThreadPriorityCheck") // only a hint: nothing depends on who runs next
    private void letStreamGather(WirePipe lane) {
        if (!reactor.isHere()) {
            return;
        }
        var size = lane.output().refresh();
        for (var i = 0; i < GATHERING_LOOKS && size > 0 && size < WORTHWHILE_SIZE; i++) {
            Thread.yield();
            var grown = lane.output().refresh();
            if (grown == size) {
                return;
            }
            size = grown;
        }
    }

    private void takeUrgent() {
        byte[] octets;
        while ((octets = urgent.poll()) != null) {
            urgentSize.addAndGet(-octets.length);
            outflow.addUrgent(octets);
        }
    }

    private boolean restingFails(WirePipe lane) {
        drained.run();
        var bell = lane.outputBell();
        bell.rest();
        return lane.hasOutput() && bell.riseAgain();
    }

    private void awaitChannel() {
        channelFull = true;
        if (reactor.isHere()) {
            key.interestOpsOr(SelectionKey.OP_WRITE);
        } else {
            reactor.execute(() -> {
                if (key.isValid()) {
                    key.interestOpsOr(SelectionKey.OP_WRITE);
                }
            });
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
