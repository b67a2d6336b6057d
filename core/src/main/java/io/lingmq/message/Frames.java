package io.lingmq.message;

import io.lingmq.count.Copies;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * What can be sent: a {@link Message}, which never changes and may be kept, or a {@link MessageBuffer}, which its owner
 * fills again and again.
 *
 * <p>Frames are counted from 0; sizes are in bytes. What a method returns is the caller's own, a copy, except for
 * {@link #sharedArray}, which makes none. Each method that takes the number of a frame throws an
 * {@link IndexOutOfBoundsException} where there is no such frame.
 */
public sealed interface Frames permits Message, MessageBuffer {
    /** How many frames there are. */
    int frameCount();

    /** The size of a frame in bytes. */
    int size(int frame);

    /** The size of all frames together in bytes. */
    long totalSize();

    /**
     * The array that a frame lies in from {@link #offset} on, without a copy, for reading only: who writes to it
     * changes what others hold.
     */
    byte[] sharedArray(int frame);

    /** Where a frame begins in its {@linkplain #sharedArray array}. The first frame begins at 0. */
    int offset(int frame);

    /** The frames as a message that never changes: itself if it is one, else a copy. */
    Message toMessage();

    /** A copy of the only or first frame's bytes. */
    default byte[] bytes() {
        return bytes(0);
    }

    /** A copy of a frame's bytes. */
    default byte[] bytes(int frame) {
        var begin = offset(frame);
        assert Copies.count(size(frame));
        return Arrays.copyOfRange(sharedArray(frame), begin, begin + size(frame));
    }

    /** Copies of all frames. */
    default List<byte[]> frames() {
        return IntStream.range(0, frameCount()).mapToObj(this::bytes).toList();
    }

    /** The only or first frame as UTF-8 text. */
    default String text() {
        return text(0);
    }

    /** A frame as UTF-8 text. */
    default String text(int frame) {
        return new String(sharedArray(frame), offset(frame), size(frame), StandardCharsets.UTF_8);
    }

    /** All frames as UTF-8 texts. */
    default List<String> texts() {
        return IntStream.range(0, frameCount()).mapToObj(this::text).toList();
    }

    /** Whether a frame has these bytes. */
    default boolean frameEquals(int frame, byte[] bytes) {
        Objects.requireNonNull(bytes, FrameBody.IS_NULL);
        var begin = offset(frame);
        return Arrays.equals(sharedArray(frame), begin, begin + size(frame), bytes, 0, bytes.length);
    }

    /** Whether a frame is this text in UTF-8. */
    default boolean frameEquals(int frame, String text) {
        return frameEquals(frame, FrameBody.copy(text));
    }

    /** Whether the first frame begins with these bytes. */
    default boolean startsWith(byte[] prefix) {
        Objects.requireNonNull(prefix, "the prefix is null");
        var begin = offset(0);
        return size(0) >= prefix.length
                && Arrays.equals(sharedArray(0), begin, begin + prefix.length, prefix, 0, prefix.length);
    }

    /** Whether the first frame begins with this text in UTF-8. */
    default boolean startsWith(String prefix) {
        return startsWith(Objects.requireNonNull(prefix, "the prefix is null").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Where the delimiter stands, which ends an {@linkplain Message#envelope envelope}: the first empty frame that has
     * another one behind it. An empty frame at the very end is a body, not a delimiter.
     *
     * @return -1 if there is none
     */
    default int delimiterAt() {
        for (var i = 0; i < frameCount() - 1; i++) {
            if (size(i) == 0) {
                return i;
            }
        }
        return -1;
    }
}
