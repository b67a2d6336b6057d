package io.lingmq.time;

/**
 * A clock that only tells how much time passes. Who asks it can be given a virtual one.
 *
 * <p>Threading: any thread.
 */
@FunctionalInterface
public interface Ticker {
    /** The machine's clock. */
    Ticker SYSTEM = System::nanoTime;

    /** The present as a point in time of {@link NanoTime}. */
    long nowNs();
}
