package io.lingmq.engine;

import io.lingmq.mechanism.Seal;
import io.lingmq.wire.Frame;
import java.nio.ByteBuffer;

/** Seals whole frames. Threading: confined to its connection. */
final class SealTranslation implements Translation {
    private static final int KEPT_FLAGS = Frame.MORE | Frame.COMMAND;

    private final Seal seal;

    SealTranslation(Seal seal) {
        this.seal = seal;
    }

    @Override
    public void translate(ByteBuffer canonical, StagedOctets stage) {
        while (Frame.hasHeader(canonical)) {
            var begin = canonical.position();
            var flags = canonical.get(begin) & KEPT_FLAGS;
            var size = Frame.takeHeader(canonical);
            if (size > canonical.remaining()) {
                canonical.position(begin); // it must be whole
                return;
            }
            var body = new byte[(int) size];
            canonical.get(body);
            var sealed = seal.seal(flags, body);
            stage.put(sealed, 0, sealed.length);
            stage.mark(canonical.position() - begin);
        }
    }
}
