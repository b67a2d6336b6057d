package io.lingmq.session;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A gate: one thread at a time, what was asked for while it was taken is done, and the end comes once and last. */
public final class SerialGateStress {
    private static final int BOTH = 3;
    private static final String UNDONE = "Work was asked for and nobody did it.";

    private SerialGateStress() {}

    /** Two bring work; whoever has the gate does what there is. */
    @JCStressTest
    @Outcome(id = "" + BOTH, expect = Expect.ACCEPTABLE, desc = "All was done.")
    @Outcome(expect = Expect.FORBIDDEN, desc = UNDONE)
    @State
    public static class NothingLeftUndone {
        private final SerialGate gate = new SerialGate(this::again);
        private final Supplier<Boolean> work = this::work;
        private volatile int first;
        private volatile int second;
        private int done; // only whoever has the gate touches it

        private void again() {
            gate.run(work);
        }

        @Actor
        public void bring() {
            first = 1;
            gate.run(work);
        }

        @Actor
        public void bringToo() {
            second = 2;
            gate.run(work);
        }

        private boolean work() {
            done = first + second;
            return true;
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = done;
        }
    }

    /** One comes in by {@code run}, one by {@code tryRun}, and the end may come between. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "Never two at a time.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Two had the gate at the same time.")
    @State
    public static class OneAtATime {
        private final SerialGate gate = new SerialGate(() -> {});
        private final AtomicInteger inside = new AtomicInteger();
        private volatile int overlaps;

        @Actor
        public void run() {
            gate.run(this::work);
        }

        @Actor
        public void tryRun() {
            gate.tryRun(this::work);
        }

        @Actor
        public void end() {
            gate.end(this::work);
        }

        private boolean work() {
            if (inside.incrementAndGet() > 1) {
                overlaps = 1;
            }
            inside.decrementAndGet();
            return true;
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = overlaps;
        }
    }

    /** The end is ordered while others come and go: the last work is done once, and sees what they did. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The last work was done once, and nothing behind it.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The last work was not done, or done twice, or was not the last.")
    @State
    public static class EndsOnceAndLast {
        private final SerialGate gate = new SerialGate(this::again);
        private int lastDone; // only whoever has the gate touches these
        private int doneBehind;

        private void again() {
            gate.run(this::work);
        }

        @Actor
        public void run() {
            gate.run(this::work);
        }

        @Actor
        public void runToo() {
            gate.run(this::work);
        }

        @Actor
        public void end() {
            gate.end(() -> lastDone++);
        }

        private boolean work() {
            doneBehind += lastDone;
            return true;
        }

        @Arbiter
        public void after(II_Result result) {
            gate.run(this::work);
            result.r1 = lastDone;
            result.r2 = doneBehind;
        }
    }

    /** Who orders the end, and looks only once whether the gate is taken, may be forgotten by who has it. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The last work was done once.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "The last work was not done, or done twice.")
    @State
    public static class EndOrderedBesideTheStateBroken {
        private final AtomicBoolean taken = new AtomicBoolean();
        private volatile boolean ordered;
        private final AtomicInteger lastDone = new AtomicInteger();

        @Actor
        public void run() {
            if (taken.compareAndSet(false, true)) {
                var endIsOrdered = ordered;
                taken.set(false);
                if (endIsOrdered) {
                    lastDone.incrementAndGet();
                }
            }
        }

        @Actor
        public void end() {
            if (taken.get()) {
                ordered = true;
            } else {
                lastDone.incrementAndGet();
            }
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = lastDone.get();
        }
    }

    /** Who leaves and does not heed the note leaves work behind. */
    @JCStressTest
    @Outcome(id = "" + BOTH, expect = Expect.ACCEPTABLE, desc = "All was done.")
    @Outcome(expect = Expect.FORBIDDEN, desc = UNDONE)
    @State
    public static class NoteNotHeededBroken {
        private final SerialGate gate = new SerialGate(() -> {});
        private volatile int first;
        private volatile int second;
        private int done; // only whoever has the gate touches it

        @Actor
        public void bring() {
            first = 1;
            gate.run(this::work);
        }

        @Actor
        public void bringToo() {
            second = 2;
            gate.run(this::work);
        }

        private boolean work() {
            done = first + second;
            return true;
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = done;
        }
    }
}
