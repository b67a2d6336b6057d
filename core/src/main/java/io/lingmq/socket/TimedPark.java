package io.lingmq.socket;

import java.util.concurrent.locks.LockSupport;

/**
 * A short sleep of a thread that waits for another one, whatever happens to it meanwhile.
 *
 * <p>An interrupt neither ends such a wait nor is it lost: the thread is interrupted afterwards, as it was before. But
 * a thread that is interrupted cannot be parked, nor one that was unparked before. A thread that looks again and again
 * without being parked would keep a processor busy; and a virtual thread its carrier, which the thread that it waits
 * for may need to go on.
 */
final class TimedPark {
    private TimedPark() {}

    /** Sleeps until the time is over. */
    @SuppressWarnings("ThreadPriorityCheck") // the last resort
    static void of(long ns, Object blocker) {
        var interrupted = false;
        var beginNs = System.nanoTime();
        try {
            for (var leftNs = ns; leftNs > 0; leftNs = ns - (System.nanoTime() - beginNs)) {
                interrupted |= Thread.interrupted();
                LockSupport.parkNanos(blocker, leftNs);
            }
        } catch (OutOfMemoryError e) { // a virtual thread needs memory to be woken
            Thread.yield();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
