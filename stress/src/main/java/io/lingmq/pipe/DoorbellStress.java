package io.lingmq.pipe;

import io.lingmq.stress.NoSocket;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A bell: one side makes news visible and rings; the other arms it and looks once more. They must not both miss. */
public final class DoorbellStress {
    private static final WirePipe PIPE = new WirePipe(new NoSocket(), 0, 0, false);
    private static final String MISSED = "The news were neither seen nor rung for: the waiting side sleeps for ever.";

    private DoorbellStress() {}

    /** What the tests share: the news are a plain field, so nothing but the bell orders them. */
    private static class Side {
        int rings;
        final Doorbell bell = new Doorbell(PIPE, Doorbell.Kind.READABLE, rung -> rings++);
        int news;
    }

    /** The protocol as it is meant. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = MISSED)
    @Outcome(
            id = {"0, 1", "1, 0", "1, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "Seen, rung for, or both.")
    @State
    public static class SeenOrRung extends Side {
        @Actor
        public void bring() {
            news = 1;
            bell.ring();
        }

        @Actor
        public void look(II_Result result) {
            bell.arm();
            result.r1 = news;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = rings;
        }
    }

    /** Whoever finds the news at the second look rises, unless a ring is on its way; not both and not neither. */
    @JCStressTest
    @Outcome(
            id = {"0, 0, 1", "1, 1, 0", "1, 0, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "Rung for, or risen, but not both.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Missed, or handled twice.")
    @State
    public static class RisenOrRung extends Side {
        @Actor
        public void bring() {
            news = 1;
            bell.ring();
        }

        @Actor
        public void look(III_Result result) {
            bell.arm();
            result.r1 = news;
            result.r2 = result.r1 == 1 && bell.disarm() ? 1 : 0;
        }

        @Arbiter
        public void after(III_Result result) {
            result.r3 = rings;
        }
    }

    /** Two who ring at the same time wake the owner once. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Once.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "Not once.")
    @State
    public static class RungOnce extends Side {
        public RungOnce() {
            bell.arm();
        }

        @Actor
        public void ring() {
            bell.ring();
        }

        @Actor
        public void ringToo() {
            bell.ring();
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = rings;
        }
    }

    /** Without fences each side's read may come before its own write is visible. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = MISSED)
    @Outcome(expect = Expect.ACCEPTABLE, desc = "Seen, rung for, or both.")
    @State
    public static class WithoutFenceBroken {
        private boolean resting;
        private int rings;
        private int news;

        @Actor
        public void bring() {
            news = 1;
            if (resting) {
                rings++;
            }
        }

        @Actor
        public void look(II_Result result) {
            resting = true;
            result.r1 = news;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = rings;
        }
    }

    /** Who looks first and then rests has not looked once more. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = MISSED)
    @Outcome(expect = Expect.ACCEPTABLE, desc = "Seen, rung for, or both.")
    @State
    public static class WithoutSecondLookBroken extends Side {
        @Actor
        public void bring() {
            news = 1;
            bell.ring();
        }

        @Actor
        public void look(II_Result result) {
            result.r1 = news;
            bell.arm();
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = rings;
        }
    }
}
