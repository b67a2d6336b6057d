package io.lingmq.engine;

/** Leaves the bodies of frames, and nothing else. Threading: confined to its connection. */
final class RawTranslation extends HeaderTranslation {
    @Override
    protected void header(int flags, long bodySize, StagedOctets staged) {
        // None: whoever reads them knows nothing of frames.
    }
}
