package io.lingmq.socket;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A socket's lock: one thread at a time, and each sees what the one before it did to plain fields. */
public final class SocketLockStress {
    private static final String LOST = "One did not see what the other had done.";

    private SocketLockStress() {}

    /** Both wait for the lock. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Both counted.")
    @Outcome(expect = Expect.FORBIDDEN, desc = LOST)
    @State
    public static class OneAtATime {
        private final SocketLock lock = new SocketLock();
        private int count;

        @Actor
        public void add() {
            lock.lock();
            count++;
            lock.unlock();
        }

        @Actor
        public void addToo() {
            lock.lock();
            count++;
            lock.unlock();
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = count;
        }
    }

    /** One waits for the lock, the other only tries. */
    @JCStressTest
    @Outcome(
            id = {"0, 1", "1, 2"},
            expect = Expect.ACCEPTABLE,
            desc = "Each that had the lock counted.")
    @Outcome(expect = Expect.FORBIDDEN, desc = LOST)
    @State
    public static class OneOfThemTries {
        private final SocketLock lock = new SocketLock();
        private int count;

        @Actor
        public void add() {
            lock.lock();
            count++;
            lock.unlock();
        }

        @Actor
        public void tryToAdd(II_Result result) {
            if (lock.tryLock()) {
                count++;
                lock.unlock();
                result.r1 = 1;
            }
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = count;
        }
    }

    /** Without the lock one addition overwrites the other. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Both counted.")
    @Outcome(expect = Expect.FORBIDDEN, desc = LOST)
    @State
    public static class WithoutLockBroken {
        private int count;

        @Actor
        public void add() {
            count++;
        }

        @Actor
        public void addToo() {
            count++;
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = count;
        }
    }
}
