package io.lingmq.chain;

import io.lingmq.count.Copies;
import io.lingmq.message.MessageBuffer;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * The reading end of a chain.
 *
 * <p>Threading: one thread at a time. Only published bytes are ever looked at, see {@link ChainWriter}.
 */
public final class ChainReader {
    /** Goes over runs of bytes, and changes nothing in them. */
    @FunctionalInterface
    public interface Walk {
        /** Goes over the bytes from {@code from} (included) to {@code to} (excluded); returns where it stops. */
        int walk(byte[] bytes, int from, int to);
    }

    private final ChainWriter writer;
    private Segment head;
    private int headAt;
    private long consumed;
    private long limit;

    ChainReader(ChainWriter writer, Segment first) {
        this.writer = writer;
        this.head = first;
    }

    /** How many published bytes are unread. */
    public long available() {
        if (limit == consumed) {
            limit = writer.published();
        }
        return limit - consumed;
    }

    /** How many published bytes are unread, after a fresh look at what the writer has published. */
    public long refresh() {
        limit = writer.published();
        return limit - consumed;
    }

    /** Takes one byte, of which there must be one. */
    public int next() {
        toUnread();
        consumed++;
        return head.bytes[headAt++] & 0xFF;
    }

    /** The array that holds the next unread byte, of which there must be one; it stands at {@link #pieceAt()}. */
    public byte[] piece() {
        toUnread();
        return head.bytes;
    }

    /** Where the next unread byte stands in its {@linkplain #piece() piece}. */
    public int pieceAt() {
        return headAt;
    }

    /** How many of the bytes that {@link #available()} counted stand in the piece. */
    public int pieceLeft() {
        return (int) Math.min(Math.min(head.end, head.bytes.length) - headAt, limit - consumed);
    }

    /** Whether the next so many bytes, which must be unread, stand all in the piece. */
    public boolean isInOnePiece(int size) {
        return size <= head.end - headAt && size <= head.bytes.length - headAt;
    }

    /** Takes so many bytes of the piece, which have been read in it. */
    public void pass(int size) {
        headAt += size;
        consumed += size;
    }

    /** Takes the given number of bytes, which must be available, as an array of their own. */
    public byte[] take(int size) {
        if (size > 0) {
            toUnread();
        }
        if (head.isBody() && headAt == 0 && size == head.bytes.length) {
            pass(size);
            return head.bytes;
        }
        var taken = new byte[size];
        if (isInOnePiece(size)) {
            Copies.copy(head.bytes, headAt, taken, 0, size);
            pass(size);
        } else {
            takeAcrossSegments(taken);
        }
        if (size >= ChainWriter.SHARED_BODY) {
            writer.keepsBodies(true);
        }
        return taken;
    }

    /** Takes the given number of bytes, which must be available, behind what the buffer's last frame has already. */
    public void take(int size, MessageBuffer into) {
        into.makeRoom(size);
        var left = size;
        while (left > 0) {
            toUnread();
            if (head.isBody()) {
                writer.keepsBodies(false);
            }
            var run = Math.min(left, pieceLeft());
            into.append(head.bytes, headAt, run);
            pass(run);
            left -= run;
        }
    }

    /** How many bytes were taken so far. */
    public long consumed() {
        return consumed;
    }

    /** Takes {@code size} bytes, which must be available, to nowhere. */
    public void skip(long size) {
        var left = size;
        while (left > 0) {
            toUnread();
            var run = (int) Math.min(left, pieceLeft());
            pass(run);
            left -= run;
        }
    }

    private void takeAcrossSegments(byte[] taken) {
        var at = 0;
        while (at < taken.length) {
            toUnread();
            var size = Math.min(taken.length - at, pieceLeft());
            Copies.copy(head.bytes, headAt, taken, at, size);
            pass(size);
            at += size;
        }
    }

    /** Copies unread bytes into a buffer until one of both ends, without taking them. */
    public void copyTo(ByteBuffer target) {
        copyTo(target, Long.MAX_VALUE);
    }

    /** As {@link #copyTo(ByteBuffer)}, but at most {@code most} bytes. */
    public void copyTo(ByteBuffer target, long most) {
        var left = (int) Math.min(Math.min(refresh(), target.remaining()), most);
        if (left == 0) {
            return;
        }
        assert Copies.count(left);
        toUnread();
        var segment = head;
        var at = headAt;
        while (left > 0) {
            if (at == segment.end) {
                segment = Objects.requireNonNull(segment.next);
                at = segment.from;
                continue;
            }
            var size = Math.min(left, Math.min(segment.end, segment.bytes.length) - at);
            target.put(segment.bytes, at, size);
            at += size;
            left -= size;
        }
    }

    /**
     * Shows unread bytes, without taking them, one contiguous run after the other, until the walk stops within one;
     * returns how many it has gone over.
     */
    public long walkAhead(Walk walk) {
        var left = refresh();
        if (left == 0) {
            return 0;
        }
        toUnread();
        var segment = head;
        var at = headAt;
        var walked = 0L;
        while (left > 0) {
            if (at == segment.end) {
                segment = Objects.requireNonNull(segment.next);
                at = segment.from;
                continue;
            }
            var end = at + (int) Math.min(left, Math.min(segment.end, segment.bytes.length) - at);
            var stopped = walk.walk(segment.bytes, at, end);
            walked += stopped - at;
            if (stopped < end) {
                return walked;
            }
            left -= end - at;
            at = end;
        }
        return walked;
    }

    /** Lets an empty chain drop its arrays. For a caller that stands for both ends. */
    public void dropArrays() {
        if (consumed == writer.written() && writer.holdsMuch()) {
            head = writer.beginAnew();
            headAt = 0;
        }
    }

    /** Moves to the segment that holds the next unread byte, of which there must be one. */
    private void toUnread() {
        while (headAt == head.end) {
            var done = head;
            head = Objects.requireNonNull(done.next);
            headAt = head.from;
            done.leave(writer);
        }
    }
}
