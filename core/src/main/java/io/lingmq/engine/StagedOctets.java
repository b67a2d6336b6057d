package io.lingmq.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What was translated and is not written yet, and which canonical octets it stands for.
 *
 * <p>It consists of sections. When the last octet of a section is gone, so are the canonical octets that it stands for.
 * When its first one is, at least one of them is: then a message has begun.
 *
 * <p>Threading: confined to its {@link StagedOutbound}.
 */
public final class StagedOctets {
    private static final byte[] NOTHING = new byte[0];
    private static final int[] NO_MARKS = new int[0];
    private static final int FIRST_SIZE = 1024;
    private static final int FIRST_MARKS = 64;

    private byte[] octets = NOTHING;
    private int end;
    private int written;
    /** For each section, where it ends among the staged octets, and how many canonical octets it stands for. */
    private int[] marks = NO_MARKS;

    private int marksEnd;
    private int nextMark;
    private boolean sectionIsBegun;

    StagedOctets() {}

    /** Stages octets. */
    public void put(byte[] from, int at, int size) {
        makeRoom(size);
        System.arraycopy(from, at, octets, end, size);
        end += size;
    }

    /** Stages the next octets of a buffer. */
    public void put(ByteBuffer from, int size) {
        makeRoom(size);
        from.get(octets, end, size);
        end += size;
    }

    private void makeRoom(int size) {
        if (size > octets.length - end) {
            octets = Arrays.copyOf(octets, Math.max(FIRST_SIZE, Math.max(end + size, 2 * octets.length)));
        }
    }

    /** What was staged since the last mark stands for so many canonical octets. */
    public void mark(int canonicalOctets) {
        if (marksEnd == marks.length) {
            marks = Arrays.copyOf(marks, Math.max(FIRST_MARKS, 2 * marks.length));
        }
        marks[marksEnd++] = end;
        marks[marksEnd++] = canonicalOctets;
    }

    /** Whether all is gone, and no canonical octet is left to be told of. */
    boolean isEmpty() {
        return nextMark == marksEnd && written == end;
    }

    /** Copies what is not gone yet. */
    void copyTo(ByteBuffer target) {
        target.put(octets, written, Math.min(end - written, target.remaining()));
    }

    int left() {
        return end - written;
    }

    /** So many more staged octets are gone; returns how many canonical octets are gone with them. */
    int wrote(int count) {
        written += count;
        var gone = 0;
        while (nextMark < marksEnd && marks[nextMark] <= written) {
            gone += marks[nextMark + 1] - (sectionIsBegun ? 1 : 0);
            sectionIsBegun = false;
            nextMark += 2;
        }
        if (nextMark < marksEnd && !sectionIsBegun && written > sectionBegin() && marks[nextMark + 1] > 1) {
            sectionIsBegun = true;
            gone++;
        }
        return gone;
    }

    private int sectionBegin() {
        return nextMark == 0 ? 0 : marks[nextMark - 2];
    }

    /** Begins anew; all is gone. */
    void clear() {
        end = 0;
        written = 0;
        marksEnd = 0;
        nextMark = 0;
        sectionIsBegun = false;
    }

    /** As {@link #clear}, and keeps no arrays. */
    void drop() {
        clear();
        octets = NOTHING;
        marks = NO_MARKS;
    }
}
