package io.lingmq.socket;

import java.util.concurrent.locks.LockSupport;

/**
 * A short sleep of who waits for another thread, whether it is interrupted or not.
 *
 * <p>An interrupt neither ends such a wait nor is it lost: the thread is interrupted afterwards, as it was before. But
 * a thread that is interrupted cannot be parked. One that looks again and again without being parked would keep a
 * processor busy; and a virtual one its carrier, which the thread that it waits for may need to go on.
 */
final class Nap {
    private static final long AT_ONCE_NS = 1;

    private Nap() {}

    /** Sleeps for about the given time; an unpark or an interrupt that comes meanwhile ends this nap. */
    static void of(long ns, Object blocker) {
        var interrupted = Thread.interrupted();
        if (interrupted) {
            LockSupport.parkNanos(blocker, AT_ONCE_NS); // uses up the permit that each interrupt leaves
        }
        LockSupport.parkNanos(blocker, ns);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
