package io.lingmq.chain;

import io.lingmq.count.Copies;
import io.lingmq.lang.Fields;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The writing end of a chain: a queue of bytes from one thread to another, published a whole message at a time.
 *
 * <p>Bytes are put, {@link #mark} says "up to here it is whole messages", and {@link #publish} lets the reader see all
 * that is marked, so that it never sees half of a message. {@link #rollback} takes back what was not marked.
 *
 * <p>Threading: one thread at a time writes, one reads; how they take turns is their owner's affair. {@code published}
 * is the only field that both touch, apart from the spare array and the {@link Following}. Its release store publishes
 * the bytes and the links between segments; the reader's volatile load of it orders all that it reads. A thread that
 * waits for it is told by a doorbell of the pipe, which brings the fence that this needs.
 *
 * <p>Segments grow with the backlog from {@value #SMALLEST} to {@value #LARGEST} bytes, and the reader hands the last
 * one back, so that a steady stream allocates nothing. One that rests drops them: {@link ChainReader#dropArrays}. Where
 * a large body goes by reference the chain goes on behind it in the same array, or each such body would cost a whole
 * array for its header.
 */
public final class ChainWriter {
    /** From this size on a body had better be put by reference. */
    public static final int SHARED_BODY = 4096;

    static final int SMALLEST = 512;
    static final int LARGEST = 64 * 1024;

    /** What an idle chain may hold. */
    static final int MODEST = 2 * 1024;

    private static final int GROWTH = 4;
    /** The largest segments of all chains that wait to be used again; a backlog comes and goes in many of them. */
    private static final ArrayBlockingQueue<Segment> POOL = new ArrayBlockingQueue<>(128);

    private static final VarHandle PUBLISHED =
            Fields.handle(MethodHandles.lookup(), ChainWriter.class, "published", long.class);
    private static final VarHandle SPARE =
            Fields.handle(MethodHandles.lookup(), ChainWriter.class, "spare", Segment.class);

    private static final byte[] NOTHING = new byte[0];
    private static final long FOLLOWS = -1;

    private final Segment first = new Segment(NOTHING, false);
    private Segment tail = first;
    private int tailAt;
    private long written;
    private int slabSize;

    /** An array that a body has parted, and how far it is filled: the chain goes on there. */
    private @Nullable Segment parted;

    private int partedAt;

    private long marked;
    /** The tail at the last mark, and how far it was filled, and what was parted, if the chain has grown since. */
    private @Nullable Segment markedTail;

    private int markedAt;
    private @Nullable Segment markedParted;
    private int markedPartedAt;

    /** How many bytes the reader may read; {@link #FOLLOWS} says that it is to ask {@code following}. */
    @SuppressWarnings("unused") // written through PUBLISHED
    private volatile long published;

    private volatile @Nullable Following following;

    @SuppressWarnings("unused") // through SPARE
    private @Nullable Segment spare;

    private volatile boolean bodiesAreKept = true;

    /** An empty chain. */
    public ChainWriter() {}

    /** The reading end of this chain; there is one. */
    public ChainReader reader() {
        return new ChainReader(this, first);
    }

    /** Appends one byte. */
    public void put(int octet) {
        if (tailAt == tail.bytes.length) {
            grow();
        }
        tail.bytes[tailAt++] = (byte) octet;
        written++;
    }

    /** Appends bytes by copying them. */
    public void put(byte[] source, int from, int length) {
        var at = tailAt;
        if (length <= tail.bytes.length - at) {
            Copies.copy(source, from, tail.bytes, at, length);
            filled(at + length);
        } else {
            putAcrossSegments(source, from, length);
        }
    }

    private void putAcrossSegments(byte[] source, int from, int length) {
        var at = from;
        var left = length;
        while (left > 0) {
            if (tailAt == tail.bytes.length) {
                grow();
            }
            var size = Math.min(left, tail.bytes.length - tailAt);
            Copies.copy(source, at, tail.bytes, tailAt, size);
            filled(tailAt + size);
            at += size;
            left -= size;
        }
    }

    /** Appends the next {@code length} bytes of a buffer by copying them. */
    public void put(ByteBuffer source, int length) {
        assert Copies.count(length);
        var left = length;
        while (left > 0) {
            if (tailAt == tail.bytes.length) {
                grow();
            }
            var size = Math.min(left, tail.bytes.length - tailAt);
            source.get(tail.bytes, tailAt, size);
            filled(tailAt + size);
            left -= size;
        }
    }

    /** Appends an array by reference; nobody may change it from now on. */
    public void putBody(byte[] body) {
        if (body.length == 0) {
            return;
        }
        var before = tail;
        var at = tailAt;
        link(new Segment(body, true));
        if (!before.isForeign && before.bytes.length - at >= SMALLEST) {
            before.isContinued = true;
            parted = before;
            partedAt = at;
        }
        tailAt = body.length;
        written += body.length;
    }

    /**
     * Room for {@code size} bytes in one piece at {@link #roomAt()} of the returned array; {@link #filled} says how
     * many were used. For small pieces, at most {@value #SMALLEST} bytes.
     */
    public byte[] room(int size) {
        if (tail.bytes.length - tailAt < size) {
            grow();
        }
        return tail.bytes;
    }

    /** Where the {@linkplain #room room} begins. */
    public int roomAt() {
        return tailAt;
    }

    /** What was put into the {@linkplain #room room} ends there in its array. */
    public void filled(int upTo) {
        written += upTo - tailAt;
        tailAt = upTo;
    }

    /** How many bytes were put so far. */
    public long written() {
        return written;
    }

    /** How many bytes were put so far, with those of the log that it follows. */
    public long writtenByLog() {
        return Objects.requireNonNull(following).written();
    }

    /** How many bytes of whole messages were put so far. */
    public long marked() {
        return marked;
    }

    /** How many bytes were put since the last mark. */
    public long unmarked() {
        return written - marked;
    }

    /** Shows what was put since the last mark, one contiguous run after the other. */
    public void walkUnmarked(ChainReader.Walk walk) {
        var segment = markedTail == null ? tail : markedTail;
        var at = markedTail == null ? tailAtMark() : markedAt;
        while (segment != tail) {
            walk.walk(segment.bytes, at, Math.min(segment.end, segment.bytes.length));
            segment = Objects.requireNonNull(segment.next); // nothing of it is published, so the reader is not there
            at = segment.from;
        }
        walk.walk(tail.bytes, at, tailAt);
    }

    /** All that was put so far is whole messages. */
    public void mark() {
        marked = written;
        if (markedTail != null) { // seldom: so a message costs no store for it
            markedTail = null;
            markedParted = null;
        }
    }

    /** Lets the reader see all that is marked. */
    public void publish() {
        PUBLISHED.setRelease(this, marked);
    }

    /** Marks and publishes all that was put. */
    public void publishAll() {
        mark();
        publish();
    }

    /** Takes back what was put since the last mark. */
    public void rollback() {
        if (markedTail == null) {
            tailAt = tailAtMark();
        } else {
            tail = markedTail;
            tailAt = markedAt;
            if (!tail.isForeign) {
                tail.end = Segment.OPEN;
                tail.isContinued = false;
            }
            tail.next = null;
            parted = markedParted;
            partedAt = markedPartedAt;
            markedTail = null;
            markedParted = null;
        }
        written = marked;
    }

    /** How far the tail was filled at the last mark, since when the chain has not grown. */
    private int tailAtMark() {
        return tailAt - (int) (written - marked);
    }

    /** How many bytes the reader may read, those that were read with them. Any thread. */
    public long published() {
        var own = published;
        return own == FOLLOWS ? Objects.requireNonNull(following).published() : own;
    }

    /** Reader: whether it keeps large bodies, and so would rather have each as an array of its own. */
    void keepsBodies(boolean areKept) {
        if (bodiesAreKept != areKept) {
            bodiesAreKept = areKept;
        }
    }

    /** Whether the reader keeps large bodies, as far as has been seen. */
    public boolean bodiesAreKept() {
        return bodiesAreKept;
    }

    /** The reader is done with a segment; the next one to be needed can be it. */
    void handBack(Segment slab) {
        if (slab.bytes.length < SMALLEST) {
            return;
        }
        pool((Segment) SPARE.getAndSet(this, slab));
    }

    static void pool(@Nullable Segment slab) {
        if (slab != null && slab.bytes.length == LARGEST && !slab.isForeign) {
            var unused = POOL.offer(slab); // where enough are kept, this one goes to the garbage collector
        }
    }

    /** Whether the chain holds an array that is large for an idle one. Any thread; roughly, if others are at work. */
    public boolean holdsMuch() {
        return slabSize > MODEST || tail.bytes.length > MODEST;
    }

    /**
     * Begins anew, with no arrays, and returns the segment where the reader goes on. All is read, and the caller stands
     * for both ends.
     */
    Segment beginAnew() {
        var empty = new Segment(NOTHING, false); // first, for there may be no memory for it
        pool((Segment) SPARE.getAndSet(this, null));
        pool(tail);
        slabSize = 0;
        parted = null;
        tail = empty;
        tailAt = 0;
        mark();
        return tail;
    }

    /**
     * From now on what a new log publishes is published here with it. All that was put so far is published; until it
     * goes its own way, nothing is put here but views of the log's {@linkplain SharedArrays arrays}.
     */
    public void follow(ChainWriter log) {
        following = new Following(log, written);
        PUBLISHED.setRelease(this, FOLLOWS);
    }

    /** Continues with an array of the log, which had filled its last one as far as is told. */
    void share(Segment view, int endOfLast) {
        endView(endOfLast);
        link(view);
        tailAt = view.bytes.length; // nothing of its own goes in there
        mark();
    }

    private void endView(int end) {
        if (tail.isForeign && tail.end == Segment.OPEN) {
            tail.end = end;
        }
    }

    /** From now on it goes its own way again. */
    public void unfollow() {
        var source = Objects.requireNonNull(following);
        endView(source.log().tailAt);
        written = source.end();
        publishAll(); // what it followed stays, for a reader that was just about to ask it
    }

    /** Nothing more will be put in: forgets its arrays, which others may still be reading. */
    void abandon() {
        tail = first;
        parted = null;
        markedTail = null;
        markedParted = null;
    }

    /** The segment that is being filled. */
    Segment tail() {
        return tail;
    }

    /**
     * Takes the next segment: the rest of one that a body has parted, or one that the reader handed back, which says
     * that it keeps up, else a larger one.
     */
    private void grow() {
        if (parted != null) {
            goOnBehind(parted, partedAt);
            return;
        }
        var slab = (Segment) SPARE.getAndSet(this, null);
        if (slab == null) {
            slabSize = Math.min(LARGEST, Math.max(SMALLEST, slabSize * GROWTH));
            slab = slabSize == LARGEST ? POOL.poll() : null;
        }
        if (slab == null) {
            slab = new Segment(new byte[slabSize], false);
        } else {
            slab.from = 0;
            slab.end = Segment.OPEN;
            slab.isContinued = false; // its next was cut off by the reader
        }
        link(slab);
        tailAt = 0;
    }

    private void goOnBehind(Segment filled, int at) {
        var rest = new Segment(filled.bytes, false);
        rest.from = at;
        link(rest);
        parted = null;
        tailAt = at;
    }

    private void link(Segment next) {
        if (markedTail == null) {
            markedTail = tail;
            markedAt = tailAtMark();
            markedParted = parted;
            markedPartedAt = partedAt;
        }
        if (!tail.isForeign) {
            tail.end = tailAt;
        }
        tail.next = next;
        tail = next;
    }
}
