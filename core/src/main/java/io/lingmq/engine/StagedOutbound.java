package io.lingmq.engine;

import io.lingmq.pipe.WirePipe;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a {@link Translation} makes of the canonical frames: a batch of them is translated, and kept until its
 * last octet is gone.
 *
 * <p>A lost connection takes its stage with it. The chain still holds what is not gone, for the next connection, which
 * translates it anew. Where there is nothing to write no arrays are kept.
 *
 * <p>Threading: confined to whoever writes the connection. Touches no channel and no clock.
 */
public final class StagedOutbound implements Outbound {
    private static final int BATCH_SIZE = 16 * 1024;
    /** The next size would be none for an array. */
    private static final int LARGEST_BATCH = 1 << 30;

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final Outflow canonical;
    private final Translation translation;
    private final StagedOctets stage = new StagedOctets();
    private ByteBuffer batch = NONE;
    /** Messages that ended without an octet to be written, and were not told of yet. */
    private long ended;

    /**
     * The writing half of a connection whose peer reads other frames.
     *
     * @param canonical decides what goes first, and which commands go at all
     * @param translation makes of that what the peer reads
     */
    public StagedOutbound(Outflow canonical, Translation translation) {
        this.canonical = canonical;
        this.translation = translation;
    }

    @Override
    public void addUrgent(byte[] frame) {
        canonical.addUrgent(frame);
    }

    @Override
    public int urgentSize() {
        return canonical.urgentSize();
    }

    @Override
    public boolean fill(ByteBuffer target, @Nullable WirePipe pipe) {
        if (stage.isEmpty() && !translateNext(pipe)) {
            stage.drop();
            batch = NONE;
            return false;
        }
        stage.copyTo(target);
        return true;
    }

    /** Until something is staged; false if there is nothing more. */
    private boolean translateNext(@Nullable WirePipe pipe) {
        stage.clear();
        growBatchTo(BATCH_SIZE);
        while (stage.left() == 0) {
            canonical.fill(batch.clear(), pipe);
            if (batch.flip().limit() == 0) {
                return false;
            }
            translation.translate(batch, stage);
            if (batch.position() == 0) { // what comes next must be whole, and is larger than the batch
                growBatchForAWholeFrame();
            } else if (stage.left() == 0) { // it means nothing to such a peer, and is gone already
                ended += canonical.wrote(stage.wrote(0), pipe);
                stage.clear();
            }
        }
        return true;
    }

    private void growBatchForAWholeFrame() {
        if (batch.limit() < batch.capacity()) { // it is whole already
            throw new IllegalStateException("a translation takes none of " + batch.limit() + " octets");
        }
        if (batch.capacity() > LARGEST_BATCH / 2) {
            throw new IllegalStateException("a frame of more than " + LARGEST_BATCH + " octets cannot be translated");
        }
        growBatchTo(2 * batch.capacity());
    }

    private void growBatchTo(int size) {
        if (batch.capacity() < size) {
            batch = ByteBuffer.allocate(size);
        }
    }

    @Override
    public long wrote(int count, @Nullable WirePipe pipe) {
        var messages = ended + canonical.wrote(stage.wrote(count), pipe);
        ended = 0;
        return messages;
    }

    @Override
    public long lost(WirePipe pipe) {
        stage.drop();
        batch = NONE;
        return canonical.lost(pipe);
    }
}
