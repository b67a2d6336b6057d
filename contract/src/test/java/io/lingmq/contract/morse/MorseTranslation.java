package io.lingmq.contract.morse;

import io.lingmq.engine.StagedOctets;
import io.lingmq.engine.Translation;
import io.lingmq.wire.Frame;
import java.nio.ByteBuffer;

/** Gives each frame another header. Threading: confined to its connection. */
final class MorseTranslation implements Translation {
    private final ByteBuffer header = ByteBuffer.allocate(MorseProtocol.HEADER);
    private long bodyLeft;

    @Override
    public void translate(ByteBuffer canonical, StagedOctets stage) {
        while (bodyLeft > 0 ? canonical.hasRemaining() : Frame.hasHeader(canonical)) {
            var begin = canonical.position();
            if (bodyLeft == 0) {
                translateHeader(canonical, stage);
            }
            var count = (int) Math.min(bodyLeft, canonical.remaining());
            stage.put(canonical, count);
            bodyLeft -= count;
            stage.mark(canonical.position() - begin);
        }
    }

    private void translateHeader(ByteBuffer canonical, StagedOctets stage) {
        var isFollowed = (canonical.get(canonical.position()) & Frame.MORE) != 0;
        bodyLeft = Frame.takeHeader(canonical);
        header.clear();
        header.put(isFollowed ? MorseProtocol.FOLLOWED : MorseProtocol.LAST).putInt((int) bodyLeft);
        stage.put(header.array(), 0, MorseProtocol.HEADER);
    }
}
