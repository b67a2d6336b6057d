package io.lingmq.pipe;

/**
 * How many more octets a writer may put into a pipe before its high-water mark in octets, beside that in messages, the
 * {@link Credit}.
 *
 * <p>A message goes in while fewer octets than the mark are inside, whatever its own size: so a pipe holds at most the
 * mark and one message, and one that is larger than the mark goes into an empty pipe. The chain counts its octets
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

    /** More than ever passes a pipe. */
    private static final long LARGEST_MARK = Long.MAX_VALUE / 2;

    private volatile long mark;
    private final Writer writer = new Writer();
    private final PaddedLong returned = new PaddedLong();
    /** Reader: at so many octets taken out it is time to give back. */
    private long giveBackAt = Long.MAX_VALUE;

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

    /** Writer: behind so many octets there was no more room, as last seen. */
    long limit() {
        return writer.limit;
    }

    /**
     * Reader: {@code consumed} octets were taken out so far, which the writer learns of in batches of half the mark;
     * true if it should hear of it now.
     */
    boolean giveBack(long consumed) {
        return consumed >= giveBackAt && giveBackNow(consumed);
    }

    /** Reader: {@code consumed} octets were taken out so far, which the writer sees at once; true if they are more. */
    boolean giveBackNow(long consumed) {
        var before = returned.get();
        var most = mark;
        returned.setRelease(consumed);
        giveBackAt = most == 0 ? Long.MAX_VALUE : consumed + (most + 1) / 2;
        return consumed != before;
    }

    /** Whether a message fits behind so many octets that are inside. Any thread. */
    boolean fitsBehind(long inside) {
        var most = mark;
        return most == 0 || inside < most;
    }

    /**
     * Changes the mark; 0 is without limit. Should the writer be at work in another thread at this moment, it may put
     * in up to {@value #MOST_UNSEEN} octets more before it sees that. The reader {@linkplain #giveBackNow gives back}
     * at once what it has kept, which may be more than the whole of a lower mark.
     */
    void changeMark(long newMark) {
        assert newMark >= 0 : newMark;
        mark = Math.min(newMark, LARGEST_MARK);
        writer.limit = 0;
    }
}
