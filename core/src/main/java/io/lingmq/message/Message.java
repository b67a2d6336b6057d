package io.lingmq.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One message: one or more frames of bytes, immutable, sent and delivered as a whole or not at all.
 *
 * <p>Frames are counted from 0; sizes are in bytes. A single-frame message is the common case and costs one object
 * beside its body.
 *
 * <p>Threading: immutable, may be shared freely, and may be sent any number of times.
 *
 * <p>Source: RFC 37/ZMTP, "Framing".
 */
public final class Message implements Frames {
    private static final byte[] NOTHING = new byte[0];
    private static final Message EMPTY = new Message(NOTHING, null);

    private final byte[] first;
    private final byte @Nullable [][] others;

    private Message(byte[] first, byte @Nullable [][] others) {
        this.first = first;
        this.others = others;
    }

    /** A message with one frame of no bytes. */
    public static Message empty() {
        return EMPTY;
    }

    /** A message with one frame, a copy of {@code body}. */
    public static Message of(byte[] body) {
        return new Message(body.clone(), null);
    }

    /** A message with one frame, the text in UTF-8. */
    public static Message of(String text) {
        return new Message(text.getBytes(StandardCharsets.UTF_8), null);
    }

    /** A message with one frame for each text, in UTF-8. */
    public static Message of(String first, String... others) {
        var rest = new byte[others.length][];
        for (var i = 0; i < rest.length; i++) {
            rest[i] = others[i].getBytes(StandardCharsets.UTF_8);
        }
        return new Message(first.getBytes(StandardCharsets.UTF_8), rest.length == 0 ? null : rest);
    }

    /** A message with copies of the given frames. */
    public static Message of(byte[] first, byte[]... others) {
        return new Message(first.clone(), copyAll(others));
    }

    /** A message with one frame, a copy of the buffer's remaining bytes; the buffer's position is left as it was. */
    public static Message of(ByteBuffer body) {
        var bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return new Message(bytes, null);
    }

    /**
     * A message with copies of the given frames.
     *
     * @throws IllegalArgumentException if there is no frame
     */
    public static Message ofFrames(List<byte[]> frames) {
        return wrapFrames(frames.stream().map(byte[]::clone).toList());
    }

    /** A message around the given array without a copy: the caller promises never to change it again. */
    public static Message wrap(byte[] body) {
        return new Message(Objects.requireNonNull(body), null);
    }

    /**
     * A message around the given arrays without a copy: the caller promises never to change them again.
     *
     * @throws IllegalArgumentException if there is no frame
     */
    public static Message wrapFrames(List<byte[]> frames) {
        if (frames.isEmpty()) {
            throw new IllegalArgumentException(
                    "a message has at least one frame; use Message.empty() for an empty one");
        }
        var rest = frames.size() == 1 ? null : frames.subList(1, frames.size()).toArray(new byte[0][]);
        return new Message(frames.get(0), rest);
    }

    static Message wrap(byte[] first, byte[][] others) {
        return new Message(first, others.length == 0 ? null : others);
    }

    /** How many frames this message has, at least 1. */
    @Override
    public int frameCount() {
        return others == null ? 1 : 1 + others.length;
    }

    /** Whether the message has more than one frame. */
    public boolean isMultipart() {
        return others != null;
    }

    @Override
    public int size(int frame) {
        return array(frame).length;
    }

    @Override
    public long totalSize() {
        long total = first.length;
        if (others != null) {
            for (var frame : others) {
                total += frame.length;
            }
        }
        return total;
    }

    /** A copy of the only or first frame's bytes. */
    public byte[] bytes() {
        return first.clone();
    }

    /** A copy of a frame's bytes. */
    public byte[] bytes(int frame) {
        return array(frame).clone();
    }

    /**
     * A frame's own bytes, without a copy, for reading only.
     *
     * <p>Whoever writes to the array breaks the promise that messages do not change, for every other holder too.
     */
    @Override
    public byte[] array(int frame) {
        if (frame == 0) {
            return first;
        }
        if (others == null || frame < 0 || frame > others.length) {
            throw new IndexOutOfBoundsException("frame " + frame + " of a message with " + frameCount());
        }
        return others[frame - 1];
    }

    /** Where a frame begins in its own array, which is at 0. */
    @Override
    public int offset(int frame) {
        return 0;
    }

    /** The only or first frame as UTF-8 text. */
    public String text() {
        return text(0);
    }

    @Override
    public String text(int frame) {
        return new String(array(frame), StandardCharsets.UTF_8);
    }

    /** A read-only view of a frame. */
    public ByteBuffer buffer(int frame) {
        return ByteBuffer.wrap(array(frame)).asReadOnlyBuffer();
    }

    /** All frames, without copies, for reading only. */
    public List<byte[]> frames() {
        var all = new ArrayList<byte[]>(frameCount());
        for (var i = 0; i < frameCount(); i++) {
            all.add(array(i));
        }
        return all;
    }

    /** All frames as UTF-8 texts. */
    public List<String> texts() {
        return frames().stream().map(f -> new String(f, StandardCharsets.UTF_8)).toList();
    }

    /** This message with one more frame in front, for example a routing id; the array is not copied. */
    public Message withFirst(byte[] frame) {
        var rest = new byte[frameCount()][];
        rest[0] = first;
        if (others != null) {
            System.arraycopy(others, 0, rest, 1, others.length);
        }
        return new Message(frame, rest);
    }

    /** The frames of this message followed by those of another. */
    public Message followedBy(Message tail) {
        var all = new ArrayList<>(frames());
        all.addAll(tail.frames());
        return wrapFrames(all);
    }

    /**
     * This message without its first {@code count} frames; at least one frame must stay.
     *
     * @throws IndexOutOfBoundsException if fewer than one frame would stay
     */
    public Message from(int count) {
        if (count == 0) {
            return this;
        }
        return slice(count, frameCount());
    }

    /**
     * The frames from {@code begin} (included) to {@code end} (excluded) as a message of their own.
     *
     * @throws IndexOutOfBoundsException if that is not at least one frame of this message
     */
    public Message slice(int begin, int end) {
        if (begin < 0 || begin >= end || end > frameCount()) {
            throw new IndexOutOfBoundsException(
                    "frames " + begin + " to " + end + " of a message with " + frameCount());
        }
        var rest = end - begin == 1 ? null : Arrays.copyOfRange(Objects.requireNonNull(others), begin, end - 1);
        return new Message(array(begin), rest);
    }

    /** This message. */
    @Override
    public Message toMessage() {
        return this;
    }

    /** Whether the first frame begins with the given bytes. */
    public boolean startsWith(byte[] prefix) {
        return first.length >= prefix.length && Arrays.equals(first, 0, prefix.length, prefix, 0, prefix.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Message that
                && Arrays.equals(first, that.first)
                && Arrays.deepEquals(others, that.others);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(first) + Arrays.deepHashCode(others);
    }

    /** The frames' sizes and the beginning of each, safe to print. */
    @Override
    public String toString() {
        return "Message" + FramePreview.ofAll(this);
    }

    private static byte @Nullable [][] copyAll(byte[][] frames) {
        if (frames.length == 0) {
            return null;
        }
        var copies = new byte[frames.length][];
        for (var i = 0; i < frames.length; i++) {
            copies[i] = frames[i].clone();
        }
        return copies;
    }
}
