package io.lingmq.loop;

/**
 * Something that a loop calls until it is cancelled or over.
 *
 * <p>Threading: any thread.
 */
public interface Entry {
    /** Ends it; never fails, and does nothing if it has ended. */
    void cancel();

    /** Whether it may be called. */
    boolean isActive();
}
