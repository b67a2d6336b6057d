package io.lingmq.cli.shell;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Waits for what the socket's statistics show, which nobody announces: they are looked at again and again. */
public final class Waiting {
    private static final long FIRST_PAUSE_NS = 100_000;
    private static final long LONGEST_PAUSE_NS = 5_000_000;

    private Waiting() {}

    /**
     * Waits until the condition holds.
     *
     * @param limit how long to wait at most; null is for ever
     * @return false if the time passed
     */
    public static boolean until(BooleanSupplier condition, @Nullable Duration limit) throws InterruptedException {
        var begin = System.nanoTime();
        var pauseNs = FIRST_PAUSE_NS;
        while (!condition.getAsBoolean()) {
            if (limit != null && System.nanoTime() - begin > limit.toNanos()) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(pauseNs);
            pauseNs = Math.min(2 * pauseNs, LONGEST_PAUSE_NS);
        }
        return true;
    }
}
