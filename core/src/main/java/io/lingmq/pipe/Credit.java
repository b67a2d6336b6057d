package io.lingmq.pipe;

/**
 * How many more messages a writer may put into a pipe before its high-water mark.
 *
 * <p>The writer spends one for each message; the reader gives back in batches of half the mark, as libzmq does, so that
 * a writer that hit the mark is woken once for many messages. The owner rings the writer's doorbell when
 * {@link #giveBack} says so.
 *
 * <p>Threading: one writer at a time, one reader at a time; {@code returned} is the only count both touch. The writer
 * looks at it only when what it saw last is used up.
 */
public final class Credit {
    /** The writer looks at the mark again after so many at the latest: it may have been changed by then. */
    private static final int MOST_UNSEEN = 1024;

    /** What the writer keeps, apart from what the reader keeps. */
    private abstract static class Account extends Padding {
        long spent;
        long limit;
    }

    private static final class Writer extends Account {
        @SuppressWarnings("UnusedVariable")
        private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14;
    }

    private volatile long mark;
    private final Writer writer = new Writer();
    private final PaddedLong returned = new PaddedLong();
    private final PaddedLong taken = new PaddedLong();

    /** Credit for a pipe with the given high-water mark; 0 is without limit. */
    public Credit(long mark) {
        this.mark = mark;
    }

    /** Writer: whether one more message fits. */
    public boolean available() {
        return writer.spent < writer.limit || look();
    }

    private boolean look() {
        var most = mark;
        var soon = writer.spent + MOST_UNSEEN;
        writer.limit = most == 0 ? soon : Math.min(soon, returned.getAcquire() + most);
        return writer.spent < writer.limit || owedSinceMarkWasLowered(most);
    }

    /**
     * A reader keeps back less than half of the mark, so a pipe at its mark is always more than half full: unless the
     * mark was lowered. What it kept back under the old mark could then be more than the whole of the new one, and the
     * writer would wait for a reader that has nothing left to take. It counts what was taken instead.
     */
    private boolean owedSinceMarkWasLowered(long most) {
        var takenSoFar = taken.getAcquire();
        if (writer.spent - takenSoFar > most / 2) {
            return false;
        }
        writer.limit = takenSoFar + most;
        return writer.spent < writer.limit;
    }

    /** Writer: how many more messages surely fit, as last seen; at most {@value #MOST_UNSEEN}. */
    long room() {
        return writer.limit - writer.spent;
    }

    /** Writer: looks at the mark before it puts in more, whatever it saw last. */
    void close() {
        writer.limit = 0;
    }

    /** Writer: one message was put in. */
    public void spend() {
        writer.spent++;
    }

    /** Writer: some messages were put in, perhaps beyond the mark. */
    public void spend(long count) {
        writer.spent += count;
    }

    /** Reader: messages were taken out; true if the writer should hear of it. */
    public boolean giveBack(long count) {
        taken.add(count);
        if (taken.get() - returned.get() < Math.max(1, (mark + 1) / 2)) {
            return false;
        }
        returned.setRelease(taken.get());
        return true;
    }

    /** Reader: messages were taken out and the writer should see it at once. */
    public void giveBackNow(long count) {
        taken.add(count);
        returned.setRelease(taken.get());
    }

    /** Reader: whether one more message may fit. Where the writer is at work it may turn out that none does. */
    boolean mayHaveRoom() {
        var most = mark;
        return most == 0 || inside() < most;
    }

    /** How many messages are inside, exact only when both ends rest. */
    public long inside() {
        return writer.spent - taken.get();
    }

    /** Reader: how many messages were taken out so far. */
    long taken() {
        return taken.get();
    }

    /** The high-water mark; 0 is without limit. */
    public long mark() {
        return mark;
    }

    /**
     * Changes the high-water mark; messages beyond it stay. Should the writer be at work in another thread at this
     * moment, it may put in up to {@value #MOST_UNSEEN} more before it sees that. Any thread.
     */
    public void changeMark(long newMark) {
        assert newMark >= 0 : newMark;
        mark = newMark;
        writer.limit = 0;
    }
}
