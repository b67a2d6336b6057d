package io.lingmq.pipe;

/**
 * How many more octets a writer may put into a lane before its high-water mark in octets, beside that in messages, the
 * {@link Credit}.
 *
 * <p>A message goes in while fewer octets than the mark are inside, whatever its own size: so a lane holds at most the
 * mark and one message, and one that is larger than the mark goes into an empty lane. The chain counts its octets
 * anyway; both ends say here how far they are.
 *
 * <p>Threading: as in {@link Credit}; {@code returned} is all that both ends touch.
 */
final class OctetCredit {
    /** The writer looks at the mark again after so many at the latest: it may have been changed by then. */
    static final long MOST_UNSEEN = 1 << 20;

    private abstract static class Account extends Padding {
        long limit;
    }

    private static final class Writer extends Account {
        @SuppressWarnings("UnusedVariable")
        private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14;
    }

    /** More than ever passes a lane. */
    private static final long LARGEST_MARK = Long.MAX_VALUE / 2;

    private volatile long mark;
    private final Writer writer = new Writer();
    private final PaddedLong returned = new PaddedLong();

    /** Writer: whether one more message fits behind the {@code written} octets so far. */
    boolean available(long written) {
        return written < writer.limit || look(written);
    }

    private boolean look(long written) {
        var most = mark;
        var soon = written + MOST_UNSEEN;
        writer.limit = most == 0 ? soon : Math.min(soon, returned.getAcquire() + most);
        return written < writer.limit;
    }

    /** Writer: how many octets may come behind the {@code written} ones, as last seen; none if not above 0. */
    long room(long written) {
        return writer.limit - written;
    }

    /**
     * Reader: {@code consumed} octets were taken out so far, which the writer learns of in batches of half the mark;
     * true if it should hear of it now.
     */
    boolean giveBack(long consumed) {
        if (consumed - returned.get() < (mark + 1) / 2 || mark == 0) {
            return false;
        }
        returned.setRelease(consumed);
        return true;
    }

    /** Reader: {@code consumed} octets were taken out so far, and the writer should see it at once. */
    void giveBackNow(long consumed) {
        returned.setRelease(consumed);
    }

    /**
     * Changes the mark; 0 is without limit. Should the writer be at work in another thread at this moment, it may put
     * in up to {@value #MOST_UNSEEN} octets more before it sees that. The reader {@linkplain #giveBackNow gives back}
     * what it has kept, which may be more than the whole of a lower mark.
     */
    void changeMark(long newMark) {
        assert newMark >= 0 : newMark;
        mark = Math.min(newMark, LARGEST_MARK);
        writer.limit = 0;
    }
}
