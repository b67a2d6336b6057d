package io.lingmq.engine;

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

    OutgoingCommands(Dialect dialect) {
        this.dialect = dialect;
    }

    boolean areLeft(WirePipe pipe) {
        return written < taken.length || pipe.control().refresh() > 0;
    }

    /** Whether commands that were taken have gone in part: perhaps half of a frame. */
    boolean isBegun() {
        return written > 0 && written < taken.length;
    }

    /** Copies what is not gone yet of some commands; returns how many octets. */
    int copyTo(ByteBuffer target, WirePipe pipe) {
        if (written == taken.length) {
            taken = take(pipe);
            written = 0;
        }
        var size = Math.min(taken.length - written, target.remaining());
        target.put(taken, written, size);
        return size;
    }

    private byte[] take(WirePipe pipe) {
        var source = pipe.control();
        if (source.refresh() == 0) {
            return NOTHING;
        }
        var frames = new ByteArrayOutputStream();
        while (source.available() > 0 && frames.size() < BATCH_SIZE) {
            var body = source.takeFrame();
            frames.writeBytes(dialect.frame(Command.of(body, body.length)));
        }
        return frames.toByteArray();
    }

    /** Whether there are more than these octets. */
    boolean moreThan(int octets, WirePipe pipe) {
        return octets < taken.length - written || pipe.control().refresh() > 0;
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
