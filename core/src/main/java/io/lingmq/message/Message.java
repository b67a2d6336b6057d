package io.lingmq.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One message: one or more frames of bytes, immutable, sent and delivered as a whole or not at all.
 *
 * <p>Frames are counted from 0; sizes are in bytes. A single-frame message is the common case and costs one object
 * beside its body, of 16 bytes on the usual JVMs: where messages pass by reference, what they weigh is what they cost.
 *
 * <p>Threading: immutable, may be shared freely, and may be sent any number of times.
 *
 * <p>Source: RFC 37/ZMTP, "Framing".
 */
public final class Message implements Frames {
    private static final byte[] NOTHING = new byte[0];
    private static final String FRAME_IS_NULL = "the frame is null";
    private static final Message EMPTY = new Message(NOTHING);

    /** The only frame, a {@code byte[]}, or all frames, a {@code byte[][]}. */
    private final Object body;

    private Message(byte[] only) {
        body = only;
    }

    private Message(byte[][] frames) {
        body = frames.length == 1 ? frames[0] : frames;
    }

    /** A message with one frame of no bytes. */
    public static Message empty() {
        return EMPTY;
    }

    /** A message with one frame, a copy of {@code body}. */
    public static Message of(byte[] body) {
        return new Message(copy(body));
    }

    /** A message with one frame, the text in UTF-8. */
    public static Message of(String text) {
        return new Message(octets(text));
    }

    /** A message with one frame for each text, in UTF-8. */
    public static Message of(String first, String... others) {
        var frames = new byte[1 + Objects.requireNonNull(others, "the array of texts is null").length][];
        frames[0] = octets(first);
        for (var i = 0; i < others.length; i++) {
            frames[i + 1] = octets(others[i]);
        }
        return new Message(frames);
    }

    /** A message with copies of the given frames. */
    public static Message of(byte[] first, byte[]... others) {
        var frames = new byte[1 + Objects.requireNonNull(others, "the array of frames is null").length][];
        frames[0] = copy(first);
        for (var i = 0; i < others.length; i++) {
            frames[i + 1] = copy(others[i]);
        }
        return new Message(frames);
    }

    /** A message with one frame, a copy of the buffer's remaining bytes; the buffer's position is left as it was. */
    public static Message of(ByteBuffer body) {
        Objects.requireNonNull(body, FRAME_IS_NULL);
        var bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        return new Message(bytes);
    }

    /**
     * A message with copies of the given frames.
     *
     * @throws IllegalArgumentException if there is no frame
     */
    public static Message ofFrames(List<byte[]> frames) {
        return wrapFrames(Objects.requireNonNull(frames, "the list of frames is null").stream()
                .map(Message::copy)
                .toList());
    }

    private static byte[] octets(String text) {
        return Objects.requireNonNull(text, "the text is null").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] copy(byte[] body) {
        return Objects.requireNonNull(body, FRAME_IS_NULL).clone();
    }

    /** A message around the given array without a copy: the caller promises never to change it again. */
    public static Message wrap(byte[] body) {
        return new Message(Objects.requireNonNull(body, FRAME_IS_NULL));
    }

    /**
     * A message around the given arrays without a copy: the caller promises never to change them again.
     *
     * @throws IllegalArgumentException if there is no frame
     */
    public static Message wrapFrames(List<byte[]> frames) {
        if (Objects.requireNonNull(frames, "the list of frames is null").isEmpty()) {
            throw new IllegalArgumentException(
                    "a message has at least one frame; use Message.empty() for an empty one");
        }
        var all = frames.toArray(new byte[0][]);
        for (var frame : all) {
            Objects.requireNonNull(frame, FRAME_IS_NULL);
        }
        return new Message(all);
    }

    /** Not a copy of the array either; there is at least one frame. */
    static Message wrapFrames(byte[][] frames) {
        return new Message(frames);
    }

    /** How many frames this message has, at least 1. */
    @Override
    public int frameCount() {
        return body instanceof byte[][] frames ? frames.length : 1;
    }

    /** Whether the message has more than one frame. */
    public boolean isMultipart() {
        return body instanceof byte[][];
    }

    @Override
    public int size(int frame) {
        return sharedArray(frame).length;
    }

    @Override
    public long totalSize() {
        return body instanceof byte[][] frames ? totalSize(frames) : ((byte[]) body).length;
    }

    private static long totalSize(byte[][] frames) {
        var total = 0L;
        for (var frame : frames) {
            total += frame.length;
        }
        return total;
    }

    /** A copy of the only or first frame's bytes. */
    public byte[] bytes() {
        return sharedArray(0).clone();
    }

    /** A copy of a frame's bytes. */
    public byte[] bytes(int frame) {
        return sharedArray(frame).clone();
    }

    /**
     * A frame's own bytes, without a copy, for reading only.
     *
     * <p>Whoever writes to the array breaks the promise that messages do not change, for every other holder too.
     */
    @Override
    public byte[] sharedArray(int frame) {
        if (frame < 0 || frame >= frameCount()) {
            throw new IndexOutOfBoundsException("frame " + frame + " of a message with " + frameCount());
        }
        return body instanceof byte[][] frames ? frames[frame] : (byte[]) body;
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
        return new String(sharedArray(frame), StandardCharsets.UTF_8);
    }

    /** A read-only view of a frame. */
    public ByteBuffer buffer(int frame) {
        return ByteBuffer.wrap(sharedArray(frame)).asReadOnlyBuffer();
    }

    /** Copies of all frames. */
    public List<byte[]> frames() {
        return IntStream.range(0, frameCount()).mapToObj(this::bytes).toList();
    }

    /** All frames as UTF-8 texts. */
    public List<String> texts() {
        return IntStream.range(0, frameCount()).mapToObj(this::text).toList();
    }

    /** This message with one more frame in front, a copy of the given bytes, for example a routing id. */
    public Message withFirst(byte[] frame) {
        return withSharedFirst(copy(frame));
    }

    /**
     * This message with one more frame in front, the given array without a copy: the caller promises never to change it
     * again.
     */
    public Message withSharedFirst(byte[] frame) {
        var all = new byte[1 + frameCount()][];
        all[0] = Objects.requireNonNull(frame, FRAME_IS_NULL);
        putFrames(all, 1);
        return new Message(all);
    }

    /** The frames of this message followed by those of another. */
    public Message followedBy(Message tail) {
        Objects.requireNonNull(tail, "the message is null");
        var all = new byte[frameCount() + tail.frameCount()][];
        putFrames(all, 0);
        tail.putFrames(all, frameCount());
        return new Message(all);
    }

    private void putFrames(byte[][] all, int at) {
        if (body instanceof byte[][] frames) {
            System.arraycopy(frames, 0, all, at, frames.length);
        } else {
            all[at] = (byte[]) body;
        }
    }

    /**
     * This message without its first {@code count} frames; at least one frame must stay.
     *
     * @throws IndexOutOfBoundsException if fewer than one frame would stay
     */
    public Message withoutFirst(int count) {
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
        return body instanceof byte[][] frames ? new Message(Arrays.copyOfRange(frames, begin, end)) : this;
    }

    /** This message. */
    @Override
    public Message toMessage() {
        return this;
    }

    /** Whether the first frame begins with the given bytes. */
    public boolean startsWith(byte[] prefix) {
        Objects.requireNonNull(prefix, "the prefix is null");
        var first = sharedArray(0);
        return first.length >= prefix.length && Arrays.equals(first, 0, prefix.length, prefix, 0, prefix.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Message that && Objects.deepEquals(body, that.body);
    }

    @Override
    public int hashCode() {
        return body instanceof byte[][] frames ? Arrays.deepHashCode(frames) : Arrays.hashCode((byte[]) body);
    }

    /** The frames' sizes and the beginning of each, safe to print. */
    @Override
    public String toString() {
        return "Message" + FramePreview.ofAll(this);
    }
}
