package io.lingmq.pipe;

import io.lingmq.count.Copies;
import io.lingmq.message.MessageBuffer;
import io.lingmq.wire.Frame;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The reading end of a chain.
 *
 * <p>Threading: one thread at a time. Only published bytes are ever looked at, see {@link ChainWriter}.
 */
public final class ChainReader {
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

    /**
     * Takes a whole message of one short frame, if that comes next and lies in one piece; null if not. There must be a
     * byte to take.
     */
    byte @Nullable [] takeShortMessage() {
        var size = shortMessage();
        if (size < 0) {
            return null;
        }
        var body = new byte[size];
        Copies.copy(head.bytes, headAt + Frame.SHORT_HEADER, body, 0, size);
        pass(Frame.SHORT_HEADER + size);
        return body;
    }

    /** As {@link #takeShortMessage()}, into a buffer; false if something else comes next. */
    boolean takeShortMessage(MessageBuffer into) {
        var size = shortMessage();
        if (size < 0) {
            return false;
        }
        into.add(head.bytes, headAt + Frame.SHORT_HEADER, size);
        pass(Frame.SHORT_HEADER + size);
        return true;
    }

    /** The size of the short message that comes next in one piece; -1 if something else comes next. */
    private int shortMessage() {
        toUnread();
        var bytes = head.bytes;
        var at = headAt + Frame.SHORT_HEADER;
        if (at > bytes.length || bytes[headAt] != 0) {
            return -1;
        }
        var size = bytes[at - 1] & 0xFF;
        return size > bytes.length - at || size > head.end - at ? -1 : size;
    }

    private void pass(int size) {
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
        if (size <= head.end - headAt && size <= head.bytes.length - headAt) {
            Copies.copy(head.bytes, headAt, taken, 0, size);
            pass(size);
        } else {
            takeAcrossSegments(taken);
        }
        if (size >= WirePipe.SHARED_BODY) {
            writer.keepsBodies(true);
        }
        return taken;
    }

    /** Takes the given number of bytes, which must be available, behind what the buffer's last frame has already. */
    void take(int size, MessageBuffer into) {
        into.makeRoom(size);
        var left = size;
        while (left > 0) {
            toUnread();
            if (head.isBody()) {
                writer.keepsBodies(false);
            }
            var run = Math.min(left, inHead());
            into.append(head.bytes, headAt, run);
            pass(run);
            left -= run;
        }
    }

    /** Takes a whole frame, which must be there, and returns its body. */
    public byte[] takeFrame() {
        var flags = next();
        var octets = (flags & Frame.LONG) == 0 ? 1 : Long.BYTES;
        var size = 0L;
        for (var i = 0; i < octets; i++) {
            size = (size << 8) | next();
        }
        return take(Math.toIntExact(size));
    }

    /** How many bytes were taken so far. */
    long consumed() {
        return consumed;
    }

    /** Takes {@code size} bytes, which must be available, to nowhere. */
    public void skip(long size) {
        var left = size;
        while (left > 0) {
            toUnread();
            var run = (int) Math.min(left, inHead());
            pass(run);
            left -= run;
        }
    }

    private void takeAcrossSegments(byte[] taken) {
        var at = 0;
        while (at < taken.length) {
            toUnread();
            var size = Math.min(taken.length - at, inHead());
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

    /** How many of the available bytes belong to the message that the walker stands in; the walker is not moved. */
    public long restOfMessage(FrameWalker walker) {
        return walker.betweenMessages() ? 0 : toEndOfMessage(walker);
    }

    /** How many bytes the next message has; 0 if there is none. Between two messages. */
    public long nextMessage() {
        return toEndOfMessage(new FrameWalker());
    }

    private long toEndOfMessage(FrameWalker walker) {
        if (refresh() == 0) {
            return 0;
        }
        var probe = new FrameWalker();
        probe.standAt(walker);
        toUnread();
        var segment = head;
        var at = headAt;
        var left = limit - consumed;
        var rest = 0L;
        while (left > 0) {
            if (at == segment.end) {
                segment = Objects.requireNonNull(segment.next);
                at = segment.from;
                continue;
            }
            var run = (int) Math.min(left, Math.min(segment.end, segment.bytes.length) - at);
            var stopped = probe.walk(segment.bytes, at, at + run, walker.messages() + 1);
            rest += stopped - at;
            if (probe.messages() > walker.messages()) {
                return rest;
            }
            at += run;
            left -= run;
        }
        return rest;
    }

    /** Takes {@code size} bytes, showing each contiguous run of them to the walker. */
    public void walk(long size, FrameWalker walker) {
        var left = size;
        while (left > 0) {
            toUnread();
            var run = (int) Math.min(left, inHead());
            walker.walk(head.bytes, headAt, headAt + run);
            pass(run);
            left -= run;
        }
    }

    /** Takes all whole messages there are, unread; returns how many. */
    long dropMessages() {
        var walker = new FrameWalker();
        while (refresh() > 0) {
            walk(available(), walker);
        }
        return walker.messages();
    }

    /** Lets an empty chain drop its arrays. For a caller that stands for both ends. */
    void dropArrays() {
        if (consumed == writer.written() && writer.holdsMuch()) {
            head = writer.beginAnew();
            headAt = 0;
        }
    }

    private int inHead() {
        return (int) Math.min(Math.min(head.end, head.bytes.length) - headAt, limit - consumed);
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
