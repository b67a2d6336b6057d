package io.lingmq.pipe;

import io.lingmq.stress.NoSocket;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Credit and bell together: a writer that found no room hears when there is some. */
public final class CreditStress {
    private static final WirePipe PIPE = new WirePipe(new NoSocket(), 0, 0, false);
    private static final String STUCK = "The writer found no room and is not told of it: it waits for ever.";

    private CreditStress() {}

    /** A pipe with room for one message, which is full. */
    private static class FullLane {
        final Credit credit = new Credit(1);
        int rings;
        final Doorbell bell = new Doorbell(PIPE, Doorbell.Kind.WRITABLE, rung -> rings++);

        FullLane() {
            credit.spend();
        }
    }

    /** The reader gives back, then rings. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = STUCK)
    @Outcome(
            id = {"0, 1", "1, 0", "1, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "Found, rung for, or both.")
    @State
    public static class RoomIsHeardOf extends FullLane {
        @Actor
        public void take() {
            if (credit.giveBack(1)) {
                bell.ring();
            }
        }

        @Actor
        public void write(II_Result result) {
            bell.arm();
            result.r1 = credit.available() ? 1 : 0;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = rings;
        }
    }

    /** The reader rings, then gives back. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = STUCK)
    @Outcome(expect = Expect.ACCEPTABLE, desc = "Found, rung for, or both.")
    @State
    public static class RungTooEarlyBroken extends FullLane {
        @Actor
        public void take() {
            bell.ring();
            credit.giveBackNow(1);
        }

        @Actor
        public void write(II_Result result) {
            result.r1 = credit.available() ? 1 : 0;
            bell.arm();
            result.r1 |= credit.available() ? 1 : 0;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = rings;
        }
    }
}
