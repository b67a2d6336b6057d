package io.lingmq.pipe;

import io.lingmq.lang.Fields;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A number apart from all else in memory, see {@link Padding}. Threading: as each method says. */
public final class PaddedLong extends PaddedValue {
    private static final VarHandle VALUE =
            Fields.handle(MethodHandles.lookup(), PaddedValue.class, "value", long.class);

    @SuppressWarnings("UnusedVariable")
    private long p00, p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14;

    /** A value of 0. */
    public PaddedLong() {}

    /** The value, in the one thread that changes it. */
    public long get() {
        return value;
    }

    /** Adds, in the one thread that changes it. */
    public void add(long more) {
        value += more;
    }

    /** The value and all that was done before it was {@linkplain #setRelease released}. Any thread. */
    public long getAcquire() {
        return (long) VALUE.getAcquire(this);
    }

    /** Lets other threads see a new value, and all that was done before. */
    public void setRelease(long newValue) {
        VALUE.setRelease(this, newValue);
    }

    /** Changes the value if it is the expected one; a full fence. Any thread. */
    public boolean compareAndSet(long expected, long newValue) {
        return VALUE.compareAndSet(this, expected, newValue);
    }
}
