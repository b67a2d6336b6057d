package io.lingmq.session;

import io.lingmq.reactor.Reactor;

/** A wait of a few microseconds between two tries. Threading: any thread. */
final class BriefWait {
    /** About two microseconds. */
    private static final int SPINS = 100;

    private BriefWait() {}

    /** Waits, and lets others run; false if the given time of the reactor's clock is over. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint: nothing depends on who runs next
    static boolean before(long untilNs, Reactor reactor) {
        for (var i = 0; i < SPINS; i++) {
            Thread.onSpinWait();
        }
        Thread.yield();
        return reactor.nowNs() - untilNs < 0;
    }
}
