package io.lingmq.socket;

import io.lingmq.lang.Fields;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The looks of a thread that waits: under its socket's lock, after each wake, and in a place that another one left. */
public final class SecondLookStress {
    private static final String MISSED = "The news were not seen and woke nobody: the thread waits for ever.";
    private static final String HEARD = "Seen, woken, or both.";

    private SecondLookStress() {}

    /** Whether a thread that waits would go on. */
    private static int woken(Waiters waiters, Waiters.Waiter waiter) {
        try {
            return waiters.park(waiter, System.nanoTime()) ? 1 : 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One who waits, and waits in the place of one who waited before. */
    private abstract static class Scene {
        final Waiters waiters = new Waiters(Waiters.Kind.ALIKE);
        volatile Waiters.Waiter waiter = waiters.enlist();

        final void isWoken(II_Result result) {
            result.r2 = woken(waiters, waiter);
        }
    }

    /** News that come under the socket's lock, which is let go without a fence: taking it is the fence. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = MISSED)
    @Outcome(expect = Expect.ACCEPTABLE, desc = HEARD)
    @State
    public static class SeenUnderLockOrWoken extends Scene {
        private final SocketLock lock = new SocketLock();
        private int news;

        public SeenUnderLockOrWoken() {
            waiters.leave(waiter);
        }

        @Actor
        public void bring() {
            lock.lock();
            news = 1;
            lock.unlock();
            waiters.wakeOne();
        }

        @Actor
        public void await(II_Result result) {
            waiter = waiters.enlist();
            lock.lock();
            result.r1 = news;
            lock.unlock();
        }

        @Arbiter
        public void after(II_Result result) {
            isWoken(result);
        }
    }

    /** News without the lock and without a fence: who brings them may look for waiters before others see the news. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = MISSED)
    @Outcome(expect = Expect.ACCEPTABLE, desc = HEARD)
    @State
    public static class WithoutFenceBroken extends Scene {
        private static final VarHandle NEWS =
                Fields.handle(MethodHandles.lookup(), WithoutFenceBroken.class, "news", int.class);

        @SuppressWarnings("unused") // written through NEWS
        private volatile int news;

        public WithoutFenceBroken() {
            waiters.leave(waiter);
        }

        @Actor
        public void bring() {
            NEWS.setRelease(this, 1);
            waiters.wakeOne();
        }

        @Actor
        public void await(II_Result result) {
            waiter = waiters.enlist();
            result.r1 = news;
        }

        @Arbiter
        public void after(II_Result result) {
            isWoken(result);
        }
    }

    /** A wake is used up before the look that answers it, so that one that comes later is not lost. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = MISSED)
    @Outcome(expect = Expect.ACCEPTABLE, desc = HEARD)
    @State
    public static class LooksAfterEachWake extends Scene {
        private volatile int news;

        public LooksAfterEachWake() {
            waiters.wakeOne();
        }

        @Actor
        public void bring() {
            news = 1;
            waiters.wakeOne();
        }

        @Actor
        public void await(II_Result result) {
            woken(waiters, waiter);
            result.r1 = news;
        }

        @Arbiter
        public void after(II_Result result) {
            isWoken(result);
        }
    }

    /** Who looks, and then uses up a wake without another look. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = MISSED)
    @Outcome(expect = Expect.ACCEPTABLE, desc = HEARD)
    @State
    public static class LooksBeforeTheWakeBroken extends Scene {
        private volatile int news;

        public LooksBeforeTheWakeBroken() {
            waiters.wakeOne();
        }

        @Actor
        public void bring() {
            news = 1;
            waiters.wakeOne();
        }

        @Actor
        public void await(II_Result result) {
            result.r1 = news;
            woken(waiters, waiter);
        }

        @Arbiter
        public void after(II_Result result) {
            isWoken(result);
        }
    }

    /** One leaves and the next waits in its place, while a wake is under way to it. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = MISSED)
    @Outcome(expect = Expect.ACCEPTABLE, desc = HEARD)
    @State
    public static class PlaceUsedAgain extends Scene {
        private volatile int news;

        @Actor
        public void bring() {
            news = 1;
            waiters.wakeOne();
        }

        @Actor
        public void leaveAndAwait(II_Result result) {
            waiters.leave(waiter);
            waiter = waiters.enlist();
            result.r1 = news;
        }

        @Arbiter
        public void after(II_Result result) {
            isWoken(result);
        }
    }
}
