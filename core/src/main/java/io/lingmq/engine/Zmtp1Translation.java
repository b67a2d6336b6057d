package io.lingmq.engine;

import io.lingmq.wire.Frame;
import io.lingmq.wire.Zmtp1Frame;
import java.nio.ByteBuffer;

/**
 * Gives frames the header of ZMTP 1.0; bodies stay as they are.
 *
 * <p>Threading: confined to its connection.
 *
 * <p>Source: RFC 13/ZMTP 1.0.
 */
final class Zmtp1Translation implements Translation {
    private final byte[] oldHeader = new byte[Zmtp1Frame.LONGEST_HEADER];
    private long bodyLeft;

    @Override
    public void translate(ByteBuffer canonical, StagedOctets stage) {
        while (bodyLeft > 0 ? canonical.hasRemaining() : Frame.hasHeader(canonical)) {
            var begin = canonical.position();
            if (bodyLeft == 0) {
                translateHeader(canonical, stage);
            }
            var body = (int) Math.min(bodyLeft, canonical.remaining());
            stage.put(canonical, body);
            bodyLeft -= body;
            stage.mark(canonical.position() - begin);
        }
    }

    private void translateHeader(ByteBuffer canonical, StagedOctets stage) {
        var flags = canonical.get(canonical.position());
        assert (flags & Frame.COMMAND) == 0 : "such a peer is sent no commands";
        bodyLeft = Frame.takeHeader(canonical);
        stage.put(oldHeader, 0, Zmtp1Frame.putHeader(oldHeader, 0, flags, bodyLeft));
    }
}
