package io.lingmq.engine;

import io.lingmq.wire.Frame;
import java.nio.ByteBuffer;

/**
 * A translation that gives frames another header, or none; bodies stay as they are.
 *
 * <p>Threading: as {@link Translation} says.
 */
public abstract class HeaderTranslation implements Translation {
    private long bodyLeft;

    /** A translation that begins with the next frame. */
    protected HeaderTranslation() {}

    /**
     * Stages what stands before a body.
     *
     * @param flags of the canonical frame: {@link Frame#MORE} and {@link Frame#COMMAND}, among others
     * @param bodySize how many octets of body follow; they may come in several batches
     * @param staged takes the header, and nothing else
     */
    protected abstract void header(int flags, long bodySize, StagedOctets staged);

    @Override
    public final void translate(ByteBuffer canonical, StagedOctets staged) {
        while (bodyLeft > 0 ? canonical.hasRemaining() : Frame.hasHeader(canonical)) {
            var begin = canonical.position();
            if (bodyLeft == 0) {
                var flags = canonical.get(begin);
                bodyLeft = Frame.takeHeader(canonical);
                header(flags, bodyLeft, staged);
            }
            var body = (int) Math.min(bodyLeft, canonical.remaining());
            staged.put(canonical, body);
            bodyLeft -= body;
            staged.mark(canonical.position() - begin);
        }
    }
}
