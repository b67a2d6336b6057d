package io.lingmq.contract.morse;

import io.lingmq.engine.HeaderTranslation;
import io.lingmq.engine.StagedOctets;
import io.lingmq.wire.Frame;
import java.nio.ByteBuffer;

/** Gives each frame another header. Threading: confined to its connection. */
final class MorseTranslation extends HeaderTranslation {
    private final ByteBuffer header = ByteBuffer.allocate(MorseProtocol.HEADER);

    @Override
    protected void header(int flags, long bodySize, StagedOctets staged) {
        var isFollowed = (flags & Frame.MORE) != 0;
        header.clear();
        header.put(isFollowed ? MorseProtocol.FOLLOWED : MorseProtocol.LAST).putInt((int) bodySize);
        staged.put(header.array(), 0, MorseProtocol.HEADER);
    }
}
