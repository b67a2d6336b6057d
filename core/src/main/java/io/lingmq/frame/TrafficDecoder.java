package io.lingmq.frame;

import io.lingmq.chain.ChainWriter;
import io.lingmq.count.Copies;
import io.lingmq.wire.Command;
import io.lingmq.wire.Frame;
import io.lingmq.wire.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Sorts the peer's octets into messages, which go as they are into the pipe's input, and commands, which do not.
 *
 * <p>Only headers are looked at: a run of small frames is copied in one piece, and decoded by the thread that receives
 * it. A body of 4 KiB to 64 MiB is gathered in an array of its own, which the receiver gets by reference, unless it
 * copies what it receives anyway. To make an array for a larger body would hold up the I/O thread: that one lies in
 * many small arrays until its receiver joins them.
 *
 * <p>Sizes are checked before anything is allocated, and what a peer announces takes no memory until a quarter of it
 * has come: a body's own array grows fourfold each time it is full, from a size that hits the body's at the end, so
 * that a third of the octets are copied once more, and no more than that.
 *
 * <p>Threading: confined to its connection. Touches no channel and no clock.
 */
public final class TrafficDecoder implements Inbound {
    /** Up to this size a body gets its array at once; that of a larger one grows with the octets that come. */
    private static final int LARGEST_FIRST_ARRAY = 256 * 1024;

    private static final int LARGEST_OWN_ARRAY = 64 * 1024 * 1024;
    private static final int GROWTH = 4;

    /** No array can hold more. */
    public static final long LARGEST_MESSAGE = Integer.MAX_VALUE - 64;

    private static final int MOST_FRAMES = 128 * 1024;
    private static final byte[] NOTHING = new byte[0];

    private enum Stage {
        HEADER,
        BODY,
        OWN_ARRAY,
        COMMAND
    }

    private ChainWriter into;
    private final CommandSink commands;
    private final long largestMessage;
    private final CommandCollector command;
    private final byte[] header = new byte[Frame.LONG_HEADER];
    private int headerFilled;
    private Stage stage = Stage.HEADER;
    private int flags;
    private long bodyLeft;
    private byte[] ownArray = NOTHING;
    private int ownFilled;
    private long messageBytes;
    private int messageFrames;
    private long messages;
    private boolean discards;

    /** A decoder into the given chain; {@code maxMessageSize} is in bytes, -1 for as much as an array can hold. */
    public TrafficDecoder(ChainWriter into, long maxMessageSize, CommandSink commands) {
        this.into = into;
        this.commands = commands;
        largestMessage = maxMessageSize < 0 ? LARGEST_MESSAGE : Math.min(maxMessageSize, LARGEST_MESSAGE);
        command = new CommandCollector(largestMessage);
    }

    @Override
    public void decode(ByteBuffer in) throws ProtocolException {
        sort(in);
        if (discards) {
            discard();
        }
    }

    @Override
    public void discard() {
        if (!discards) {
            into.rollback();
        }
        discards = true;
        into = new ChainWriter();
        if (stage == Stage.OWN_ARRAY) {
            stage = Stage.BODY;
            ownArray = NOTHING;
        }
        messages = 0;
    }

    private void sort(ByteBuffer in) throws ProtocolException {
        while (in.hasRemaining()) {
            switch (stage) {
                case HEADER -> {
                    if (headerFilled == 0) {
                        copyWholeSmallFrames(in);
                    }
                    readHeader(in);
                }
                case BODY -> copyBody(in);
                case OWN_ARRAY -> fillOwnArray(in);
                case COMMAND -> collectCommand(in);
            }
        }
    }

    @Override
    public long takeCount() {
        var count = messages;
        messages = 0;
        return count;
    }

    /** Copies the run of short message frames at the front of the buffer that are there as a whole. */
    private void copyWholeSmallFrames(ByteBuffer in) {
        var begin = in.position();
        var end = in.limit();
        var at = begin;
        var boundary = begin;
        var frames = messageFrames;
        long bytes = messageBytes;
        while (end - at >= Frame.SHORT_HEADER) {
            var frameFlags = in.get(at);
            var next = at + Frame.SHORT_HEADER + (in.get(at + 1) & 0xFF);
            if ((frameFlags & (Frame.LONG | Frame.COMMAND)) != 0 || next > end) {
                break;
            }
            bytes += next - at - Frame.SHORT_HEADER;
            frames++;
            if (bytes > largestMessage || frames > MOST_FRAMES) {
                break;
            }
            at = next;
            if ((frameFlags & Frame.MORE) == 0) {
                boundary = next;
                messages++;
                bytes = 0;
                frames = 0;
            }
        }
        if (boundary > begin) {
            into.put(in, boundary - begin);
            into.mark();
            messageBytes = 0;
            messageFrames = 0;
        }
        if (at > boundary) {
            into.put(in, at - boundary);
            messageBytes = bytes;
            messageFrames = frames;
        }
    }

    private void readHeader(ByteBuffer in) throws ProtocolException {
        while (in.hasRemaining()) {
            header[headerFilled++] = in.get();
            var wanted = (header[0] & Frame.LONG) == 0 ? Frame.SHORT_HEADER : Frame.LONG_HEADER;
            if (headerFilled == wanted) {
                headerFilled = 0;
                frameBegins(wanted);
                return;
            }
        }
    }

    private void frameBegins(int headerSize) throws ProtocolException {
        flags = header[0] & 0xFF;
        var size = 0L;
        for (var i = 1; i < headerSize; i++) {
            size = (size << 8) | (header[i] & 0xFF);
        }
        if ((flags & Frame.COMMAND) != 0) {
            commandBegins(size);
            return;
        }
        if (size < 0 || size > largestMessage - messageBytes) {
            throw new ProtocolException("the peer announces a message of more than " + largestMessage
                    + " bytes, the most accepted here: its frame has " + Long.toUnsignedString(size)
                    + "; MAX_MESSAGE_SIZE sets the limit");
        }
        if (++messageFrames > MOST_FRAMES) {
            throw new ProtocolException("a message has more than " + MOST_FRAMES + " frames");
        }
        messageBytes += size;
        messageBegins(size);
    }

    private void messageBegins(long size) {
        var at = Frame.putHeader(header, 0, flags & Frame.MORE, size);
        into.put(header, 0, at);
        bodyLeft = size;
        if (size == 0) {
            frameEnds();
        } else if (size >= ChainWriter.SHARED_BODY && size <= LARGEST_OWN_ARRAY && into.bodiesAreKept() && !discards) {
            ownArray = new byte[firstArray(size)];
            ownFilled = 0;
            stage = Stage.OWN_ARRAY;
        } else {
            stage = Stage.BODY;
        }
    }

    private void copyBody(ByteBuffer in) {
        var length = (int) Math.min(bodyLeft, in.remaining());
        into.put(in, length);
        bodyLeft -= length;
        if (bodyLeft == 0) {
            frameEnds();
        }
    }

    private static int firstArray(long size) {
        var first = size;
        while (first > LARGEST_FIRST_ARRAY) {
            first = (first + GROWTH - 1) / GROWTH;
        }
        return (int) first;
    }

    private void fillOwnArray(ByteBuffer in) {
        if (ownFilled == ownArray.length) {
            growOwnArray();
        }
        var length = Math.min(ownArray.length - ownFilled, in.remaining());
        assert Copies.count(length);
        in.get(ownArray, ownFilled, length);
        ownFilled += length;
        bodyLeft -= length;
        if (bodyLeft == 0) {
            into.putBody(ownArray);
            ownArray = NOTHING;
            frameEnds();
        }
    }

    private void growOwnArray() {
        assert Copies.count(ownFilled);
        ownArray = Arrays.copyOf(ownArray, (int) Math.min((long) GROWTH * ownFilled, ownFilled + bodyLeft));
    }

    private void frameEnds() {
        stage = Stage.HEADER;
        if ((flags & Frame.MORE) == 0) {
            into.mark();
            messages++;
            messageBytes = 0;
            messageFrames = 0;
        }
    }

    private void commandBegins(long size) throws ProtocolException {
        if ((flags & Frame.MORE) != 0) {
            throw new ProtocolException("command frames must not have the MORE flag");
        }
        command.begin(flags, size);
        stage = Stage.COMMAND;
        if (size == 0) {
            commandEnds();
        }
    }

    private void collectCommand(ByteBuffer in) throws ProtocolException {
        if (command.collect(in)) {
            commandEnds();
        }
    }

    private void commandEnds() throws ProtocolException {
        stage = Stage.HEADER;
        var length = command.size();
        var body = command.body();
        if (Command.isOne(body, length)) {
            commands.onCommand(Command.of(body, length), messageFrames > 0);
        }
        command.reset();
    }

    @Override
    public void insert(byte[] body) {
        into.put(header, 0, Frame.putHeader(header, 0, 0, body.length));
        into.put(body, 0, body.length);
        into.mark();
        messages++;
    }
}
