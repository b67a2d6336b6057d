package io.lingmq.engine;

import io.lingmq.chain.ChainReader;
import io.lingmq.frame.FrameWalker;
import io.lingmq.pipe.WirePipe;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a datagram of each message, and gives one at a time. Commands go nowhere: no peer listens for them.
 *
 * <p>A message that does not fit is dropped and counted.
 *
 * <p>Threading: confined to whoever writes the connection. Touches no channel and no clock.
 */
final class DatagramOutbound implements Outbound {
    /** What UDP over IPv4 can carry: the system refuses more, and a connection would end by that. */
    private static final int LARGEST_DATAGRAM = 65_507;
    /** A message of more octets, with the headers of its frames, is not looked at. */
    private static final int LARGEST_MESSAGE = 128 * 1024;

    /** So many messages that do not fit are passed over at once, then others of the I/O thread go on. */
    private static final int MOST_PASSED_OVER = 64;

    /** Where there is nothing to write a larger buffer is not kept. */
    private static final int MODEST = 2 * 1024;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final Packing packing;
    private final PackingFailures failures = new PackingFailures();
    private final FrameWalker walker = new FrameWalker();
    private ByteBuffer frames = NONE;
    /** How many octets the message has in the pipe that the last fill was made of; 0 if there was none. */
    private long packed;
    /** How many octets the last fill has. */
    private int filled;

    DatagramOutbound(Packing packing) {
        this.packing = packing;
    }

    @Override
    public void addUrgent(byte[] frame) {}

    @Override
    public int urgentSize() {
        return 0;
    }

    @Override
    public boolean fill(ByteBuffer target, @Nullable WirePipe pipe) {
        if (pipe == null) {
            return false;
        }
        forget(pipe.control());
        packNext(target, pipe);
        return pipe.output().refresh() > packed;
    }

    private static void forget(ChainReader commands) {
        commands.skip(commands.refresh());
    }

    /** Packs what comes next; what was packed and is not gone is packed again. */
    private void packNext(ByteBuffer target, WirePipe pipe) {
        var output = pipe.output();
        for (var passedOver = 0; passedOver < MOST_PASSED_OVER; passedOver++) {
            packed = walker.nextMessage(output);
            if (packed == 0) {
                dropLargeBuffer();
                return;
            }
            if (packed <= LARGEST_MESSAGE && pack(output, (int) packed, target)) {
                return;
            }
            walker.walk(output, packed);
            pipe.passedOver(packed);
            pipe.taken(1);
        }
        packed = 0;
    }

    private boolean pack(ChainReader output, int size, ByteBuffer target) {
        if (frames.capacity() < size) {
            frames = ByteBuffer.allocate(Math.max(size, MODEST));
        }
        output.copyTo(frames.clear(), size);
        var datagram = target.slice(target.position(), Math.min(target.remaining(), LARGEST_DATAGRAM));
        var fits = fits(frames.flip(), datagram) && datagram.position() > 0;
        filled = fits ? datagram.position() : 0;
        target.position(target.position() + filled);
        return fits;
    }

    private boolean fits(ByteBuffer message, ByteBuffer datagram) {
        try {
            return packing.pack(message, datagram);
        } catch (BufferOverflowException e) {
            return false;
        } catch (RuntimeException e) { // the next connection would begin with the same message
            failures.note(packing, e);
            return false;
        }
    }

    private void dropLargeBuffer() {
        if (frames.capacity() > MODEST) {
            frames = NONE;
        }
    }

    @Override
    public long wrote(int count, @Nullable WirePipe pipe) {
        if (count == 0 || pipe == null) {
            return 0;
        }
        if (count != filled) {
            throw new IllegalStateException("a link that preserves boundaries has taken " + count
                    + " octets of a datagram of " + filled + ": it must take all or nothing");
        }
        var output = pipe.output();
        walker.walk(output, packed);
        packed = 0;
        if (output.refresh() == 0) { // nobody may ask again for long
            dropLargeBuffer();
        }
        return 1;
    }

    @Override
    public long lost(WirePipe pipe) {
        frames = NONE;
        packed = 0;
        forget(pipe.control());
        return 0;
    }
}
