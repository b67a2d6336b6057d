package io.lingmq.message;

/**
 * What can be sent: a {@link Message}, which never changes and may be kept, or a {@link MessageBuffer}, which its owner
 * fills again and again.
 *
 * <p>Frames are counted from 0; sizes are in bytes. A frame's bytes lie in {@link #sharedArray} from {@link #offset}
 * on.
 */
public sealed interface Frames permits Message, MessageBuffer {
    /** How many frames there are. */
    int frameCount();

    /** The size of a frame in bytes. */
    int size(int frame);

    /** The size of all frames together in bytes. */
    long totalSize();

    /** The array that a frame lies in, without a copy, for reading only: who writes to it changes what others hold. */
    byte[] sharedArray(int frame);

    /** Where a frame begins in its {@linkplain #sharedArray array}. The first frame begins at 0. */
    int offset(int frame);

    /** A frame as UTF-8 text. */
    String text(int frame);

    /** The frames as a message that never changes: itself if it is one, else a copy. */
    Message toMessage();
}
