package io.lingmq.pipe;

/**
 * How many more messages a writer may put into a lane before its high-water mark.
 *
 * <p>The writer spends one for each message; the reader gives back in batches of half the mark, as libzmq does, so that
 * a writer that hit the mark is woken once for many messages. The owner rings the writer's doorbell when
 * {@link #giveBack} says so.
 *
 * <p>Threading: one writer at a time, one reader at a time; {@code returned} is the only count both touch.
 */
public final class Credit {
    private volatile int mark;
    private final PaddedLong returned = new PaddedLong();
    private final PaddedLong spent = new PaddedLong();
    private final PaddedLong taken = new PaddedLong();

    /** Credit for a lane with the given high-water mark; 0 is without limit. */
    public Credit(int mark) {
        this.mark = mark;
    }

    /** Writer: whether one more message fits. */
    public boolean available() {
        var limit = mark;
        return limit == 0 || spent.get() - returned.getAcquire() < limit;
    }

    /** Writer: one message was put in. */
    public void spend() {
        spent.add(1);
    }

    /** Writer: some messages were put in, perhaps beyond the mark. */
    public void spend(long count) {
        spent.add(count);
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

    /** How many messages are inside, exact only when both ends rest. */
    public long inside() {
        return spent.get() - taken.get();
    }

    /** The high-water mark. */
    public int mark() {
        return mark;
    }

    /** Changes the high-water mark; messages beyond it stay. */
    public void changeMark(int newMark) {
        mark = newMark;
    }
}
