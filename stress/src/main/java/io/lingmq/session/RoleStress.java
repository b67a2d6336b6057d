package io.lingmq.session;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A role: one thread at a time, and what was asked for while it was taken is done. */
public final class RoleStress {
    private static final int BOTH = 3;
    private static final String UNDONE = "Work was asked for and nobody did it.";

    private RoleStress() {}

    /** As every user of a role has to: who is told of a note as it leaves comes in again, or leaves a note itself. */
    private static void work(Role role, Runnable work) {
        while (role.enter()) {
            work.run();
            if (!role.leave()) {
                return;
            }
        }
    }

    /** Two bring work; whoever has the role does what there is. */
    @JCStressTest
    @Outcome(id = "" + BOTH, expect = Expect.ACCEPTABLE, desc = "All was done.")
    @Outcome(expect = Expect.FORBIDDEN, desc = UNDONE)
    @State
    public static class NothingLeftUndone {
        private final Role role = new Role();
        private volatile int first;
        private volatile int second;
        private int done; // only whoever has the role touches it

        @Actor
        public void bring() {
            first = 1;
            RoleStress.work(role, this::work);
        }

        @Actor
        public void bringToo() {
            second = 2;
            RoleStress.work(role, this::work);
        }

        private void work() {
            done = first + second;
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = done;
        }
    }

    /** One comes in by {@code enter}, one by {@code tryEnter}. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Never two at a time.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Two had the role at the same time.")
    @State
    public static class OneAtATime {
        private final Role role = new Role();
        private final AtomicInteger inside = new AtomicInteger();
        private volatile int overlaps;

        @Actor
        public void enter() {
            RoleStress.work(role, this::work);
        }

        @Actor
        public void tryEnter() {
            if (role.tryEnter()) {
                work();
                if (role.leave()) {
                    RoleStress.work(role, this::work);
                }
            }
        }

        private void work() {
            if (inside.incrementAndGet() > 1) {
                overlaps = 1;
            }
            inside.decrementAndGet();
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = overlaps;
        }
    }

    /** Who leaves and does not heed what it is told of the note leaves work behind. */
    @JCStressTest
    @Outcome(id = "" + BOTH, expect = Expect.ACCEPTABLE, desc = "All was done.")
    @Outcome(expect = Expect.FORBIDDEN, desc = UNDONE)
    @State
    public static class NoteNotHeededBroken {
        private final Role role = new Role();
        private volatile int first;
        private volatile int second;
        private int done; // only whoever has the role touches it

        @Actor
        public void bring() {
            first = 1;
            work();
        }

        @Actor
        public void bringToo() {
            second = 2;
            work();
        }

        private void work() {
            if (role.enter()) {
                done = first + second;
                role.leave();
            }
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = done;
        }
    }
}
