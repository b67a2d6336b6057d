package io.lingmq.testkit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A clock in nanoseconds that moves only when it is told to. Stands in for {@link System#nanoTime}.
 *
 * <p>It begins one minute before its numbers overflow, as {@code nanoTime} is allowed to: code that compares instants
 * where it should compare their difference fails soon.
 *
 * <p>Threading: any thread.
 */
public final class FakeClock implements LongSupplier {
    private static final long BEGIN_NS = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();

    private final AtomicLong nowNs = new AtomicLong(BEGIN_NS);

    /** A clock that stands still. */
    public FakeClock() {}

    /** The present instant. */
    public long nowNs() {
        return nowNs.get();
    }

    /** The present instant, for whoever wants a supplier. */
    @Override
    public long getAsLong() {
        return nowNs();
    }

    /**
     * Lets time pass.
     *
     * @return the new instant
     */
    public long advance(Duration time) {
        return nowNs.addAndGet(time.toNanos());
    }
}
