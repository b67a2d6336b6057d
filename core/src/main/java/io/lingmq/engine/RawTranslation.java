package io.lingmq.engine;

import io.lingmq.wire.Frame;
import java.nio.ByteBuffer;

/** Leaves the bodies of frames, and nothing else. Threading: confined to its connection. */
final class RawTranslation implements Translation {
    private long bodyLeft;

    @Override
    public void translate(ByteBuffer canonical, StagedOctets stage) {
        while (bodyLeft > 0 ? canonical.hasRemaining() : Frame.hasHeader(canonical)) {
            var begin = canonical.position();
            if (bodyLeft == 0) {
                bodyLeft = Frame.takeHeader(canonical);
            }
            var body = (int) Math.min(bodyLeft, canonical.remaining());
            stage.put(canonical, body);
            bodyLeft -= body;
            stage.mark(canonical.position() - begin);
        }
    }
}
