package io.lingmq.message;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One message: one or more frames of bytes, immutable, sent and delivered as a whole or not at all.
 *
 * <p>Frames are counted from 0; sizes are in bytes. A single-frame message is the common case and costs one object
 * beside its body, of 16 bytes on the usual JVMs: where messages pass by reference, what they weigh is what they cost.
 *
 * <p>Arrays and buffers that are given are copied, and so is what is read: no caller can change a message. The methods
 * that share memory instead say so in their names: {@code wrap} and {@code shared}.
 *
 * <p>Threading: immutable, may be shared freely, and may be sent any number of times.
 *
 * <p>Source: RFC 37/ZMTP, "Framing".
 */
public final class Message implements Frames {
    private static final byte[] NOTHING = new byte[0];
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
        return new Message(FrameBody.copy(body));
    }

    /** A message with one frame, the text in UTF-8. */
    public static Message of(String text) {
        return new Message(FrameBody.copy(text));
    }

    /** A message with one frame, a copy of the buffer's remaining bytes; the buffer's position is left as it was. */
    public static Message of(ByteBuffer body) {
        return new Message(FrameBody.copy(body));
    }

    /** A message with one frame for each text, in UTF-8. */
    public static Message of(String first, String... others) {
        var frames = new byte[1 + Objects.requireNonNull(others, "the array of texts is null").length][];
        frames[0] = FrameBody.copy(first);
        for (var i = 0; i < others.length; i++) {
            frames[i + 1] = FrameBody.copy(others[i]);
        }
        return new Message(frames);
    }

    /** A message with copies of the given frames. */
    public static Message of(byte[] first, byte[]... others) {
        var frames = new byte[1 + Objects.requireNonNull(others, "the array of frames is null").length][];
        frames[0] = FrameBody.copy(first);
        for (var i = 0; i < others.length; i++) {
            frames[i + 1] = FrameBody.copy(others[i]);
        }
        return new Message(frames);
    }

    /**
     * A message with frames of different kinds, as {@code Message.ofMixed("id", bytes, buffer)}: each is a
     * {@link String}, which becomes UTF-8, a {@code byte[]} or a {@link ByteBuffer}, which are copied. The compiler
     * cannot check that; with a {@link #builder} it does.
     *
     * @throws IllegalArgumentException if a frame is anything else; the text says which one
     */
    public static Message ofMixed(Object first, Object... others) {
        var frames = new byte[1 + Objects.requireNonNull(others, "the array of frames is null").length][];
        frames[0] = FrameBody.copyOfAnyKind(0, first);
        for (var i = 1; i < frames.length; i++) {
            frames[i] = FrameBody.copyOfAnyKind(i, others[i - 1]);
        }
        return new Message(frames);
    }

    /** Makes a message frame by frame; each may be a text, an array or a buffer. */
    public static MessageBuilder builder() {
        return new MessageBuilder();
    }

    /**
     * A message with copies of the given frames.
     *
     * @throws IllegalArgumentException if there is no frame
     */
    public static Message ofFrames(List<byte[]> frames) {
        return wrapFrames(Objects.requireNonNull(frames, "the list of frames is null").stream()
                .map(FrameBody::copy)
                .toList());
    }

    /** A message around the given array without a copy: the caller promises never to change it again. */
    public static Message wrap(byte[] body) {
        return new Message(Objects.requireNonNull(body, FrameBody.IS_NULL));
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
            Objects.requireNonNull(frame, FrameBody.IS_NULL);
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

    /** A read-only view of a frame. */
    public ByteBuffer buffer(int frame) {
        return ByteBuffer.wrap(sharedArray(frame)).asReadOnlyBuffer();
    }

    /** The only or first frame as a message of its own. */
    public Message first() {
        return slice(0, 1);
    }

    /** The only or last frame as a message of its own. */
    public Message last() {
        return slice(frameCount() - 1, frameCount());
    }

    /** This message with one more frame in front, a copy of the given bytes, for example a routing id. */
    public Message withFirst(byte[] frame) {
        return withSharedFirst(FrameBody.copy(frame));
    }

    /** This message with one more frame in front, the text in UTF-8. */
    public Message withFirst(String text) {
        return withSharedFirst(FrameBody.copy(text));
    }

    /**
     * This message with one more frame in front, the given array without a copy: the caller promises never to change it
     * again.
     */
    public Message withSharedFirst(byte[] frame) {
        var all = new byte[1 + frameCount()][];
        all[0] = Objects.requireNonNull(frame, FrameBody.IS_NULL);
        putFrames(all, 1);
        return new Message(all);
    }

    /** This message with one more frame behind, a copy of the given bytes. */
    public Message withLast(byte[] frame) {
        return followedBy(of(frame));
    }

    /** This message with one more frame behind, the text in UTF-8. */
    public Message withLast(String text) {
        return followedBy(of(text));
    }

    /**
     * This message with another frame in place of one, a copy of the given bytes.
     *
     * @throws IndexOutOfBoundsException if there is no such frame
     */
    public Message replace(int frame, byte[] replacement) {
        return replaceShared(frame, FrameBody.copy(replacement));
    }

    /**
     * This message with another frame in place of one, the text in UTF-8.
     *
     * @throws IndexOutOfBoundsException if there is no such frame
     */
    public Message replace(int frame, String replacement) {
        return replaceShared(frame, FrameBody.copy(replacement));
    }

    private Message replaceShared(int frame, byte[] replacement) {
        sharedArray(frame); // it is there
        var all = new byte[frameCount()][];
        putFrames(all, 0);
        all[frame] = replacement;
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

    // ---- envelopes

    /**
     * The frames that the reply to this request must begin with: its envelope.
     *
     * <p>It ends with the <em>delimiter</em>, the first empty frame that has another one behind it: that is where a REP
     * finds it, too. A ROUTER receives from a REQ the routing id, with {@code REQ_CORRELATE} a request id, the
     * delimiter, and the body; each further ROUTER on the way has put a routing id in front.
     *
     * <p>Without a delimiter the envelope is the first frame alone: that is the routing id in front of what a DEALER
     * has sent, as a ROUTER receives it. A DEALER that sends no delimiter should send no empty frame in the middle
     * either; it would be taken for one. Where nobody sends delimiters, {@link #first} and {@link #withoutFirst} say
     * so.
     *
     * <p>Whatever a ROUTER receives has at least two frames, and so an envelope and a body.
     *
     * @throws IllegalStateException if this message has one frame only
     */
    public Message envelope() {
        return slice(0, bodyAt());
    }

    /**
     * What this message says: all frames behind its {@link #envelope}, at least one.
     *
     * @throws IllegalStateException if this message has one frame only
     */
    public Message body() {
        return withoutFirst(bodyAt());
    }

    /**
     * The reply to this request: its {@link #envelope}, followed by the given body. A ROUTER that has received the
     * request sends the reply to who has asked.
     *
     * @throws IllegalStateException if this message has one frame only
     */
    public Message reply(Message body) {
        return envelope().followedBy(body);
    }

    /** As {@link #reply(Message)}, with one frame behind the envelope, the text in UTF-8. */
    public Message reply(String text) {
        return reply(of(text));
    }

    private int bodyAt() {
        if (!isMultipart()) {
            throw new IllegalStateException("a message of one frame has no envelope;"
                    + " what a ROUTER receives begins with a routing id and has two frames or more");
        }
        return Math.max(delimiterAt(), 0) + 1;
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
