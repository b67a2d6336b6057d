package io.lingmq.socket;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Threads that wait: news are seen by the second look or wake somebody, also when a waiter is just leaving. */
public final class WaitersStress {
    private static final String MISSED = "The news were not seen and woke nobody: the thread waits for ever.";

    private WaitersStress() {}

    private static int woken(Waiters waiters, Waiters.Waiter waiter) {
        try {
            return waiters.park(waiter, System.nanoTime()) ? 1 : 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Enlist, look, park. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = MISSED)
    @Outcome(
            id = {"0, 1", "1, 0", "1, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "Seen, woken, or both.")
    @State
    public static class SeenOrWoken {
        private final Waiters waiters = new Waiters();
        private volatile int news;
        private volatile Waiters.Waiter waiter = waiters.enlist();

        public SeenOrWoken() {
            waiters.leave(waiter);
        }

        @Actor
        public void bring() {
            news = 1;
            waiters.wakeOne();
        }

        @Actor
        public void await(II_Result result) {
            waiter = waiters.enlist();
            result.r1 = news;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = woken(waiters, waiter);
        }
    }

    /** A wake that comes while the first of two is leaving reaches the second. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The one who stayed was woken.")
    @Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "The wake went with the one who left.")
    @State
    public static class LeavingPassesOn {
        private final Waiters waiters = new Waiters();
        private final Waiters.Waiter leaving = waiters.enlist();
        private final Waiters.Waiter staying = waiters.enlist();

        @Actor
        public void leave() {
            waiters.leave(leaving);
        }

        @Actor
        public void wake() {
            waiters.wakeOne();
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = woken(waiters, staying);
        }
    }

    /** Who looks first and enlists then has not looked once more. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = MISSED)
    @Outcome(expect = Expect.ACCEPTABLE, desc = "Seen, woken, or both.")
    @State
    public static class WithoutSecondLookBroken {
        private final Waiters waiters = new Waiters();
        private volatile int news;
        private volatile Waiters.Waiter waiter = waiters.enlist();

        public WithoutSecondLookBroken() {
            waiters.leave(waiter);
        }

        @Actor
        public void bring() {
            news = 1;
            waiters.wakeOne();
        }

        @Actor
        public void await(II_Result result) {
            result.r1 = news;
            waiter = waiters.enlist();
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = woken(waiters, waiter);
        }
    }

    /** Who leaves without a look at his own state takes the wake with him. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The one who stayed was woken.")
    @Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "The wake went with the one who left.")
    @State
    public static class LeavingTakesTheWakeBroken {
        private static final int WAITING = 0;
        private static final int WOKEN = 1;
        private static final int GONE = 2;

        private final AtomicInteger leaving = new AtomicInteger(WAITING);
        private final AtomicInteger staying = new AtomicInteger(WAITING);

        @Actor
        public void leave() {
            if (leaving.getAndSet(GONE) == GONE) {
                staying.set(WOKEN);
            }
        }

        @Actor
        public void wake() {
            if (!leaving.compareAndSet(WAITING, WOKEN)) {
                staying.set(WOKEN);
            }
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = staying.get();
        }
    }
}
