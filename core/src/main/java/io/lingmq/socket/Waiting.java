package io.lingmq.socket;

/**
 * How the calls on one side of a socket wait: they look for themselves as long as that pays, then sleep until they are
 * woken.
 *
 * <p>Threading: any thread; holds no lock.
 */
final class Waiting {
    private final Waiters waiters;
    private final AdaptiveSpin spin;
    private final Runnable stopLooking;

    /** The waiting of those who enlist among the given ones; they leave what they looked into before they sleep. */
    Waiting(Waiters waiters, AdaptiveSpin spin, Runnable stopLooking) {
        this.waiters = waiters;
        this.spin = spin;
        this.stopLooking = stopLooking;
    }

    /**
     * Returns when a look or an attempt has succeeded, or when the time is over.
     *
     * @param look an attempt before the sleep, of one who will look again and needs no signal
     * @param attempt one after which the socket signals when the next would succeed
     * @param spinNs the time to look before sleeping
     * @param hurried whether an answer is awaited
     * @return false if the time is over
     */
    <A> boolean until(Attempt<A> look, Attempt<A> attempt, A subject, long timeoutNs, long spinNs, boolean hurried)
            throws InterruptedException {
        var beginNs = System.nanoTime();
        if (looksFor(beginNs, timeoutNs, spinNs, hurried, look, subject)) {
            return true;
        }
        var waiter = waiters.enlist();
        try {
            stopLooking.run(); // behind enlisting, so that who looks at this moment sees that somebody sleeps
            var deadlineNs = deadline(beginNs, timeoutNs);
            while (!attempt.succeeds(subject)) {
                if (isOver(deadlineNs) || !waiters.park(waiter, deadlineNs)) {
                    return false;
                }
            }
            waiters.found(waiter);
            return true;
        } finally {
            spin.slept(System.nanoTime() - beginNs, spinNs);
            waiters.leave(waiter);
        }
    }

    private <A> boolean looksFor(
            long beginNs, long timeoutNs, long spinNs, boolean hurried, Attempt<A> look, A subject) {
        try {
            return spin.pays(Math.min(timeoutNs, spinNs), hurried, look, subject)
                    || spin.paysBetweenParks(leftNs(beginNs, timeoutNs), look, subject);
        } finally {
            if (!waiters.isEmpty()) {
                stopLooking.run(); // while this caller is away what comes next must wake one of those who sleep
            }
        }
    }

    /** Looked at after each attempt: there may be news all the time, and none of them for this caller. */
    private static boolean isOver(long deadlineNs) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return deadlineNs != Long.MAX_VALUE && deadlineNs - System.nanoTime() <= 0;
    }

    private static long leftNs(long beginNs, long timeoutNs) {
        return timeoutNs == Long.MAX_VALUE ? timeoutNs : timeoutNs - (System.nanoTime() - beginNs);
    }

    private static long deadline(long beginNs, long timeoutNs) {
        return timeoutNs == Long.MAX_VALUE ? Long.MAX_VALUE : beginNs + timeoutNs;
    }
}
