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
        private final Waiters waiters = new Waiters(Waiters.Kind.ALIKE);
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
        private final Waiters waiters = new Waiters(Waiters.Kind.ALIKE);
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

    /** A wake for one who has no use for it, and looks in vain, reaches the other. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The one who can use the news was woken.")
    @Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "The wake ended with the one who could not use it.")
    @State
    public static class LookInVainPassesOn {
        private final Waiters waiters = new Waiters(Waiters.Kind.DIFFERENT);
        private final Waiters.Waiter other = waiters.enlist();
        private final Waiters.Waiter concerned = waiters.enlist();

        @Actor
        public void lookInVain() {
            woken(waiters, other);
            woken(waiters, other);
        }

        @Actor
        public void wake() {
            waiters.wakeOne();
        }

        @Arbiter
        public void after(I_Result result) {
            woken(waiters, other);
            woken(waiters, other);
            result.r1 = woken(waiters, concerned);
        }
    }

    /** The same where nobody passes on what is of no use to him: as if all were alike, which they are not. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The one who can use the news was woken.")
    @Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "The wake ended with the one who could not use it.")
    @State
    public static class LookInVainEndsItBroken {
        private final Waiters waiters = new Waiters(Waiters.Kind.ALIKE);
        private final Waiters.Waiter other = waiters.enlist();
        private final Waiters.Waiter concerned = waiters.enlist();

        @Actor
        public void lookInVain() {
            woken(waiters, other);
            woken(waiters, other);
        }

        @Actor
        public void wake() {
            waiters.wakeOne();
        }

        @Arbiter
        public void after(I_Result result) {
            woken(waiters, other);
            woken(waiters, other);
            result.r1 = woken(waiters, concerned);
        }
    }

    /** News that come while somebody else has the lock reach the one who waits: whoever gives the lock up looks. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Woken by the bringer, or by the holder of the lock.")
    @Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "Each left it to the other.")
    @State
    public static class LockTakenByAnother {
        private final Waiters waiters = new Waiters(Waiters.Kind.ALIKE);
        private final Waiters.Waiter waiter = waiters.enlist();

        @Actor
        public void comeAndGo() {
            waiters.leave(waiters.enlist());
        }

        @Actor
        public void wake() {
            waiters.wakeOne();
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = woken(waiters, waiter);
        }
    }

    /** Two bring news at once, and there are two to be woken. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Each piece of news woke one.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "One piece of news is lost.")
    @State
    public static class TwoPiecesOfNews {
        private final Waiters waiters = new Waiters(Waiters.Kind.ALIKE);
        private final Waiters.Waiter first = waiters.enlist();
        private final Waiters.Waiter second = waiters.enlist();

        @Actor
        public void wake() {
            waiters.wakeOne();
        }

        @Actor
        public void wakeToo() {
            waiters.wakeOne();
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = woken(waiters, first);
            result.r2 = woken(waiters, second);
        }
    }

    /** Who gives the lock up looks for news before it is free, or without a fence after it. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Woken by the bringer, or by the holder of the lock.")
    @Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "Each left it to the other.")
    @State
    public static class UnlockWithoutFenceBroken {
        private final SocketLock lock = new SocketLock();
        private final AtomicInteger news = new AtomicInteger();
        private int delivered;

        @Actor
        public void comeAndGo() {
            lock.lock();
            lock.unlock();
            deliver();
        }

        @Actor
        public void wake() {
            news.incrementAndGet();
            deliver();
        }

        private void deliver() {
            if (news.get() > 0 && lock.tryLock()) {
                delivered = 1;
                lock.unlock();
            }
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = delivered;
        }
    }

    /** Who looks first and enlists then has not looked once more. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = MISSED)
    @Outcome(expect = Expect.ACCEPTABLE, desc = "Seen, woken, or both.")
    @State
    public static class WithoutSecondLookBroken {
        private final Waiters waiters = new Waiters(Waiters.Kind.ALIKE);
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
