package io.lingmq.socket;

import io.lingmq.pipe.Doorbell;
import io.lingmq.pipe.Notice;
import io.lingmq.pipe.WirePipe;
import io.lingmq.stress.NoSocket;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The list of rung bells: none is lost, none comes twice, and what a bell was rung for is looked at. */
public final class ReadyListStress {
    private ReadyListStress() {}

    private static Doorbell bell() {
        return new WirePipe(new NoSocket(), 0, 0, false).readable();
    }

    private static int count(@Nullable Notice taken) {
        var count = 0;
        for (var bell = taken; bell != null; bell = bell.next) {
            count++;
        }
        return count;
    }

    /** Two push, and one of them takes. Not three actors: jcstress would want as many processors. */
    @JCStressTest
    @Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Each bell was taken once.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A bell was lost or taken twice.")
    @State
    public static class EachOnce {
        private final ReadyList list = new ReadyList();
        private final Doorbell first = bell();
        private final Doorbell second = bell();
        private int taken;

        @Actor
        public void push() {
            list.push(first);
        }

        @Actor
        public void pushAndTake() {
            list.push(second);
            taken = count(list.takeAll());
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = taken + count(list.takeAll());
        }
    }

    /** A bell that is in the list is not pushed again: then its taker sees what it was rung for. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "The news were not seen, and the bell is not in the list.")
    @Outcome(expect = Expect.ACCEPTABLE, desc = "Seen, or in the list again.")
    @State
    public static class SeenOrListed {
        private final ReadyList list = new ReadyList();
        private final Doorbell bell = bell();
        private volatile int news;

        public SeenOrListed() {
            list.push(bell);
        }

        @Actor
        public void bring() {
            news = 1;
            list.push(bell);
        }

        @Actor
        public void take(II_Result result) {
            list.takeAll();
            bell.leaveList();
            result.r1 = news;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = list.isEmpty() ? 0 : 1;
        }
    }

    /** Who looks before the bell has left the list misses what comes in between. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "The news were not seen, and the bell is not in the list.")
    @Outcome(expect = Expect.ACCEPTABLE, desc = "Seen, or in the list again.")
    @State
    public static class LookedTooEarlyBroken {
        private final ReadyList list = new ReadyList();
        private final Doorbell bell = bell();
        private volatile int news;

        public LookedTooEarlyBroken() {
            list.push(bell);
        }

        @Actor
        public void bring() {
            news = 1;
            list.push(bell);
        }

        @Actor
        public void take(II_Result result) {
            list.takeAll();
            result.r1 = news;
            bell.leaveList();
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = list.isEmpty() ? 0 : 1;
        }
    }
}
