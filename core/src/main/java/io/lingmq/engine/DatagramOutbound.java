package io.lingmq.engine;

import io.lingmq.chain.ChainReader;
import io.lingmq.event.DropReason;
import io.lingmq.frame.FrameWalker;
import io.lingmq.pipe.WirePipe;
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
    /** The length field of UDP has 16 bits. */
    private static final int LARGEST_DATAGRAM = 64 * 1024;
    /** A message of more octets, with the headers of its frames, is not looked at. */
    private static final int LARGEST_MESSAGE = 2 * LARGEST_DATAGRAM;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final Packing packing;
    private final FrameWalker walker = new FrameWalker();
    private ByteBuffer frames = NONE;
    private ByteBuffer datagram = NONE;
    /** How many octets the message has in the pipe that the datagram was made of; 0 if there is none. */
    private long packed;

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
        if (packed == 0 && !packNext(pipe)) {
            dropBuffers();
            return false;
        }
        target.put(datagram.rewind());
        return pipe.output().refresh() > packed;
    }

    private static void forget(ChainReader commands) {
        commands.skip(commands.refresh());
    }

    private boolean packNext(WirePipe pipe) {
        var output = pipe.output();
        long size;
        while ((size = walker.nextMessage(output)) > 0) {
            if (size <= LARGEST_MESSAGE && pack(output, (int) size)) {
                packed = size;
                return true;
            }
            walker.walk(output, size);
            pipe.droppedByConnection(DropReason.TOO_LARGE, 1);
            pipe.taken(1);
        }
        return false;
    }

    private boolean pack(ChainReader output, int size) {
        if (datagram.capacity() == 0) {
            datagram = ByteBuffer.allocate(LARGEST_DATAGRAM);
        }
        if (frames.capacity() < size) {
            frames = ByteBuffer.allocate(size);
        }
        output.copyTo(frames.clear(), size);
        var fits = packing.pack(frames.flip(), datagram.clear());
        datagram.flip();
        return fits && datagram.hasRemaining();
    }

    /** Where there is nothing to write no buffers are kept. */
    private void dropBuffers() {
        frames = NONE;
        datagram = NONE;
    }

    @Override
    public long wrote(int count, @Nullable WirePipe pipe) {
        if (count == 0 || pipe == null) {
            return 0;
        }
        assert count == datagram.limit() : "a datagram goes as a whole";
        walker.walk(pipe.output(), packed);
        packed = 0;
        return 1;
    }

    @Override
    public long lost(WirePipe pipe) {
        dropBuffers();
        packed = 0;
        forget(pipe.control());
        return 0;
    }
}
