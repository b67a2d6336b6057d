package io.lingmq.pipe;

import io.lingmq.stress.NoSocket;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** As {@link CreditStress}, for a pipe with two marks: whoever gives back what makes the room rings. */
public final class PipeCreditStress {
    private static final WirePipe PIPE = new WirePipe(new NoSocket(), 0, 0, false);
    private static final String STUCK = "The writer found no room and is not told of it: it waits for ever.";

    private static final int OCTETS = 100;

    private PipeCreditStress() {}

    /** A pipe of one message that is at both of its marks. */
    private static class FullLane {
        final PipeCredit credit = new PipeCredit(1);
        int rings;
        final Doorbell bell = new Doorbell(PIPE, Doorbell.Kind.INPUT, rung -> rings++);

        FullLane() {
            credit.changeMarks(1, OCTETS);
            credit.giveBackOctets(0);
            credit.spend(1);
        }

        boolean hasRoom() {
            return credit.available(OCTETS);
        }
    }

    /** The receiver gives back in batches, then rings. */
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
            if (credit.giveBack(OCTETS, 0)) {
                bell.ring();
            }
        }

        @Actor
        public void write(II_Result result) {
            bell.arm();
            result.r1 = hasRoom() ? 1 : 0;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = rings;
        }
    }

    /** A connection that has written half of a message, then all of it, gives back at once, then rings. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = STUCK)
    @Outcome(
            id = {"0, 1", "1, 0", "1, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "Found, rung for, or both.")
    @State
    public static class RoomOfAWriteIsHeardOf extends FullLane {
        @Actor
        public void take() {
            if (credit.giveBackNow(0, OCTETS / 2, OCTETS / 2)) {
                bell.ring();
            }
            if (credit.giveBackNow(1, OCTETS, 0)) {
                bell.ring();
            }
        }

        @Actor
        public void write(II_Result result) {
            bell.arm();
            result.r1 = hasRoom() ? 1 : 0;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = rings > 0 ? 1 : 0;
        }
    }

    /** The receiver rings before it has given back. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = STUCK)
    @Outcome(expect = Expect.ACCEPTABLE, desc = "Found, rung for, or both.")
    @State
    public static class RungTooEarlyBroken extends FullLane {
        @Actor
        public void take() {
            bell.ring();
            credit.giveBackNow(1, OCTETS, 0);
        }

        @Actor
        public void write(II_Result result) {
            result.r1 = hasRoom() ? 1 : 0;
            bell.arm();
            result.r1 |= hasRoom() ? 1 : 0;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = rings;
        }
    }
}
