package io.lingmq.message;

import io.lingmq.count.Copies;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * A message that is used again and again, so that sending and receiving leave nothing to the garbage collector.
 *
 * <pre>{@code
 * var buffer = new MessageBuffer();
 * while (...) {
 *     in.receive(buffer);                         // replaces what the buffer held
 *     ByteBuffer body = buffer.frame(0);          // a view, not a copy
 *     ...
 *     out.send(buffer.clear().add(answer));       // is the caller's again as soon as send returns
 * }
 * }</pre>
 *
 * <p>All frames lie one behind the other in one array, which grows with what is put in and never shrinks unless it is
 * {@linkplain #trim trimmed}. A buffer without a frame is no message and cannot be sent.
 *
 * <p>Threading: belongs to one thread at a time. The library looks at it only while a call lasts and keeps no reference
 * to it.
 */
public final class MessageBuffer implements Frames {
    private static final byte[] NOTHING = new byte[0];
    private static final int SMALLEST = 64;
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private byte[] bytes = NOTHING;
    private int filled;
    /** Where each frame ends; where it begins, the one before it ends. */
    private int[] ends = new int[4];

    private int frames;
    private ByteBuffer view = ByteBuffer.wrap(bytes);

    /** A buffer without a frame; its memory comes with the first one. */
    public MessageBuffer() {}

    // ---- filling

    /** Forgets all frames; keeps the memory for the next ones. */
    public MessageBuffer clear() {
        frames = 0;
        filled = 0;
        return this;
    }

    /** Adds an empty frame, which {@link #append append} may extend. */
    public MessageBuffer add() {
        if (frames == ends.length) {
            ends = Arrays.copyOf(ends, 2 * frames);
        }
        ends[frames++] = filled;
        return this;
    }

    /** Adds a frame, a copy of {@code body}. */
    public MessageBuffer add(byte[] body) {
        return add(body, 0, Objects.requireNonNull(body, FrameBody.IS_NULL).length);
    }

    /** Adds a frame, the text in UTF-8; to encode it allocates. */
    public MessageBuffer add(String text) {
        return add(FrameBody.copy(text));
    }

    /** Adds a frame, a copy of {@code length} bytes of an array. */
    public MessageBuffer add(byte[] source, int from, int length) {
        Objects.checkFromIndexSize(from, length, Objects.requireNonNull(source, FrameBody.IS_NULL).length);
        makeRoom(length);
        return add().append(source, from, length);
    }

    /** Adds a frame, a copy of the buffer's remaining bytes; the buffer's position is left as it was. */
    public MessageBuffer add(ByteBuffer body) {
        makeRoom(Objects.requireNonNull(body, FrameBody.IS_NULL).remaining());
        return add().append(body);
    }

    /** Adds copies of all frames of another message. */
    public MessageBuffer addAll(Frames message) {
        var count = Objects.requireNonNull(message, "the message is null").frameCount();
        for (var i = 0; i < count; i++) {
            add(message.sharedArray(i), message.offset(i), message.size(i));
        }
        return this;
    }

    /**
     * Copies an array behind the last frame's bytes.
     *
     * @throws IllegalStateException if there is no frame
     */
    public MessageBuffer append(byte[] source) {
        return append(source, 0, Objects.requireNonNull(source, FrameBody.IS_NULL).length);
    }

    /**
     * Puts a text in UTF-8 behind the last frame's bytes; to encode it allocates.
     *
     * @throws IllegalStateException if there is no frame
     */
    public MessageBuffer append(String text) {
        return append(FrameBody.copy(text));
    }

    /**
     * Copies {@code length} bytes of an array behind the last frame's.
     *
     * @throws IllegalStateException if there is no frame
     */
    public MessageBuffer append(byte[] source, int from, int length) {
        Objects.requireNonNull(source, FrameBody.IS_NULL);
        var last = lastFrame();
        makeRoom(length);
        Copies.copy(source, from, bytes, filled, length);
        filled += length;
        ends[last] = filled;
        return this;
    }

    /**
     * Copies the buffer's remaining bytes behind the last frame's; the buffer's position is left as it was.
     *
     * @throws IllegalStateException if there is no frame
     */
    public MessageBuffer append(ByteBuffer source) {
        var length = Objects.requireNonNull(source, FrameBody.IS_NULL).remaining();
        var last = lastFrame();
        makeRoom(length);
        assert Copies.count(length);
        source.get(source.position(), bytes, filled, length);
        filled += length;
        ends[last] = filled;
        return this;
    }

    private int lastFrame() {
        if (frames == 0) {
            throw new IllegalStateException("there is no frame yet to append to: add one first");
        }
        return frames - 1;
    }

    /**
     * Gets memory for so many more bytes at once, where the buffer has too little.
     *
     * @throws IllegalStateException if that is more than a buffer can hold
     */
    public MessageBuffer makeRoom(int more) {
        if (more > bytes.length - filled) {
            grow(more);
        }
        return this;
    }

    private void grow(int more) {
        if (more > LARGEST - filled) {
            throw new IllegalStateException("a message buffer holds at most " + LARGEST + " bytes");
        }
        var wanted = Math.max(Math.max(SMALLEST, filled + more), 2L * bytes.length);
        assert Copies.count(filled);
        keepIn(Arrays.copyOf(bytes, (int) Math.min(wanted, LARGEST)));
    }

    private void keepIn(byte[] array) {
        bytes = array;
        view = ByteBuffer.wrap(array);
    }

    /** Gives memory back: afterwards the buffer keeps no more than {@code most} bytes, or what its frames need. */
    public MessageBuffer trim(int most) {
        var kept = Math.max(filled, most);
        if (kept < bytes.length) {
            keepIn(Arrays.copyOf(bytes, kept));
        }
        var keptEnds = Math.max(frames, 4);
        if (keptEnds < ends.length) {
            ends = Arrays.copyOf(ends, keptEnds);
        }
        return this;
    }

    // ---- reading

    /** How many frames there are; 0 if there is no message in the buffer. */
    @Override
    public int frameCount() {
        return frames;
    }

    @Override
    public int size(int frame) {
        return ends[Objects.checkIndex(frame, frames)] - beginOf(frame);
    }

    @Override
    public long totalSize() {
        return filled;
    }

    /** The array of all frames, for reading only; another one after the buffer has grown. */
    @Override
    public byte[] sharedArray(int frame) {
        Objects.checkIndex(frame, frames);
        return bytes;
    }

    @Override
    public int offset(int frame) {
        return beginOf(Objects.checkIndex(frame, frames));
    }

    private int beginOf(int frame) {
        return frame == 0 ? 0 : ends[frame - 1];
    }

    /** One byte of a frame. */
    public byte byteAt(int frame, int at) {
        return bytes[offset(frame) + Objects.checkIndex(at, size(frame))];
    }

    /**
     * A view of a frame: its bytes from position to limit, without a copy. There is only one view, which each call
     * moves to another frame; it holds until the buffer is filled anew.
     */
    public ByteBuffer frame(int frame) {
        var begin = offset(frame);
        return view.limit(ends[frame]).position(begin);
    }

    /**
     * A copy that never changes.
     *
     * @throws IllegalStateException if there is no frame
     */
    @Override
    public Message toMessage() {
        if (frames == 0) {
            throw new IllegalStateException("a message has at least one frame; this buffer has none");
        }
        if (frames == 1) {
            return Message.wrap(bytes(0));
        }
        var copies = new byte[frames][];
        for (var i = 0; i < frames; i++) {
            copies[i] = bytes(i);
        }
        return Message.wrapFrames(copies);
    }

    /** The frames' sizes and the beginning of each, safe to print. */
    @Override
    public String toString() {
        return "MessageBuffer" + FramePreview.ofAll(this);
    }
}
