package io.lingmq.engine;

import io.lingmq.chain.ChainReader;
import io.lingmq.frame.MessageReader;
import io.lingmq.pipe.WirePipe;
import io.lingmq.wire.Command;
import io.lingmq.wire.Dialect;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * The pipe's commands on their way to the peer, in the form that its version of ZMTP wants. Some are taken from the
 * pipe at a time, and belong to this connection from then on: they are of no use to the next one.
 *
 * <p>Threading: confined to its {@link Outflow}.
 */
final class OutgoingCommands {
    /** About so many octets are taken at a time. */
    private static final int BATCH_SIZE = 8 * 1024;

    private static final byte[] NOTHING = new byte[0];

    private final Dialect dialect;
    private byte[] taken = NOTHING;
    private int written;
    /** Whether the pipe had more of them. */
    private boolean moreFollow;

    OutgoingCommands(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Takes some from the pipe, if those that were taken before are gone. */
    void take(WirePipe pipe) {
        if (written == taken.length) {
            taken = translated(pipe.control());
            written = 0;
        }
    }

    private byte[] translated(ChainReader source) {
        if (source.refresh() == 0) {
            moreFollow = false;
            return NOTHING;
        }
        var reader = new MessageReader(source);
        var frames = new ByteArrayOutputStream();
        while (source.available() > 0 && frames.size() < BATCH_SIZE) {
            var body = reader.takeFrame();
            frames.writeBytes(dialect.frame(Command.of(body, body.length)));
        }
        moreFollow = source.available() > 0;
        return frames.toByteArray();
    }

    /** How many octets are taken and not gone. */
    int size() {
        return taken.length - written;
    }

    /** Whether commands that were taken have gone in part: perhaps half of a frame. */
    boolean isBegun() {
        return written > 0 && written < taken.length;
    }

    /** Copies what is taken and not gone; returns how many octets. */
    int copyTo(ByteBuffer target) {
        var size = Math.min(size(), target.remaining());
        target.put(taken, written, size);
        return size;
    }

    /** Whether there were more than these octets when some were taken. */
    boolean moreFollow(int octets) {
        return octets < size() || moreFollow;
    }

    void wrote(int octets) {
        written += octets;
        if (written == taken.length) {
            taken = NOTHING;
            written = 0;
        }
    }

    /** Forgets all that the pipe has for this connection. */
    void lost(WirePipe pipe) {
        taken = NOTHING;
        written = 0;
        var left = pipe.control();
        left.skip(left.refresh());
    }
}
