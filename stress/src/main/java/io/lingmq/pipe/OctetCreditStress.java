package io.lingmq.pipe;

import io.lingmq.stress.NoSocket;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** As {@link CreditStress}, for the mark in octets: of two that give back, the last makes the room. */
public final class OctetCreditStress {
    private static final WirePipe LANE = new WirePipe(new NoSocket(), 0, 0, false);
    private static final String STUCK = "The writer found no room and is not told of it: it waits for ever.";

    private OctetCreditStress() {}

    /** A lane of one message that is at both of its marks. */
    private static class FullLane {
        final Credit messages = new Credit(1);
        final OctetCredit octets = new OctetCredit();
        int rings;
        final Doorbell bell = new Doorbell(LANE, Doorbell.Kind.INPUT, rung -> rings++);

        FullLane() {
            octets.changeMark(100);
            messages.spend();
        }

        boolean hasRoom() {
            return messages.available() && octets.available(100);
        }
    }

    /** The reader gives back both, then rings. */
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
            var hasRoomAgain = messages.giveBack(1);
            if (octets.giveBack(100) || hasRoomAgain) {
                bell.ring();
            }
        }

        @Actor
        public void write(II_Result result) {
            bell.rest();
            result.r1 = hasRoom() ? 1 : 0;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = rings;
        }
    }

    /** The reader rings for the messages before it has given back the octets. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = STUCK)
    @Outcome(expect = Expect.ACCEPTABLE, desc = "Found, rung for, or both.")
    @State
    public static class RungBetweenBroken extends FullLane {
        @Actor
        public void take() {
            if (messages.giveBack(1)) {
                bell.ring();
            }
            octets.giveBackNow(100);
        }

        @Actor
        public void write(II_Result result) {
            result.r1 = hasRoom() ? 1 : 0;
            bell.rest();
            result.r1 |= hasRoom() ? 1 : 0;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = rings;
        }
    }
}
