package io.lingmq.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for what another thread or process is about to do, for no longer than it takes. */
public final class Await {
    /** How long to wait where nothing else is said. */
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long PAUSE_NS = 1_000_000;

    private Await() {}

    /**
     * Waits up to ten seconds for a condition to hold.
     *
     * @param what the condition in words, for the failure
     * @param condition is looked at about once a millisecond, on the calling thread
     * @throws AssertionError when time is up
     */
    public static void until(String what, BooleanSupplier condition) {
        until(what, PATIENCE, condition);
    }

    /**
     * Waits for a condition to hold.
     *
     * @param what the condition in words, for the failure
     * @param patience how long to wait at most
     * @param condition is looked at about once a millisecond, on the calling thread
     * @throws AssertionError when time is up
     */
    public static void until(String what, Duration patience, BooleanSupplier condition) {
        value(what, patience, () -> condition.getAsBoolean() ? Boolean.TRUE : null);
    }

    /** Waits up to ten seconds for a value to be there. */
    public static <T> T value(String what, Supplier<? extends @Nullable T> source) {
        return value(what, PATIENCE, source);
    }

    /**
     * Waits for a value to be there.
     *
     * @param what the value in words, for the failure
     * @param patience how long to wait at most
     * @param source gives null as long as there is no value
     * @throws AssertionError when time is up
     */
    public static <T> T value(String what, Duration patience, Supplier<? extends @Nullable T> source) {
        var startNs = System.nanoTime();
        while (true) {
            T value = source.get();
            if (value != null) {
                return value;
            }
            if (System.nanoTime() - startNs > patience.toNanos()) {
                throw new AssertionError("not within " + patience.toMillis() + " ms: " + what);
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}
