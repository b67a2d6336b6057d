package io.lingmq.engine;

import io.lingmq.wire.Frame;
import io.lingmq.wire.Zmtp1Frame;

/**
 * Gives frames the header of ZMTP 1.0; bodies stay as they are.
 *
 * <p>Threading: confined to its connection.
 *
 * <p>Source: RFC 13/ZMTP 1.0.
 */
final class Zmtp1Translation extends HeaderTranslation {
    private final byte[] header = new byte[Zmtp1Frame.LONGEST_HEADER];

    @Override
    protected void header(int flags, long bodySize, StagedOctets staged) {
        assert (flags & Frame.COMMAND) == 0 : "such a peer is sent no commands";
        staged.put(header, 0, Zmtp1Frame.putHeader(header, 0, flags, bodySize));
    }
}
