package io.lingmq.socket;

import io.lingmq.message.Message;
import io.lingmq.pipe.Doorbell;
import io.lingmq.pipe.InprocPipe;
import io.lingmq.pipe.PipeOwner;
import io.lingmq.routing.Drops;
import io.lingmq.routing.FairQueue;
import io.lingmq.routing.Readiness;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A sender within the process rings without a fence: its lock alone keeps it and a reader that goes to rest from
 * missing each other.
 */
public final class SendingStress {
    private static final Message MESSAGE = Message.empty();
    private static final String MISSED = "The message was neither found nor rung for: the receiver sleeps for ever.";
    private static final String HEARD = "Found, rung for, or both.";

    private SendingStress() {}

    /** What a socket is to its pipes. */
    private static final class Side implements PipeOwner {
        final SocketLock lock = new SocketLock();
        final FairQueue queue = new FairQueue(new Drops());
        int rings;

        @Override
        public void rung(Doorbell bell) {
            rings++;
        }

        @Override
        public boolean isHeldForSending() {
            return lock.isHeldForSending();
        }

        @Override
        public int currentHold() {
            return lock.currentHold();
        }

        @Override
        public boolean tryHold() {
            return lock.tryLock();
        }

        @Override
        public void letGo() {
            lock.unlock();
        }
    }

    private static class Pair {
        final Side left = new Side();
        final Side right = new Side();
        final InprocPipe leftEnd = InprocPipe.pair(side(left), side(right));
        final InprocPipe rightEnd = leftEnd.peer();

        Pair() {
            left.queue.activate(leftEnd);
            right.queue.activate(rightEnd);
        }

        private static InprocPipe.Side side(PipeOwner owner) {
            return new InprocPipe.Side(owner, 0, 0, false);
        }

        static void send(Side from, InprocPipe end) {
            from.lock.lockForSending();
            end.send(MESSAGE);
            from.lock.unlock();
        }

        /** Returns 1 if there is something; else all rests. Between two looks the lock is free, as in a socket. */
        static int look(Side reader) {
            Readiness readiness;
            do {
                reader.lock.lock();
                readiness = reader.queue.readiness();
                reader.lock.unlock();
            } while (readiness == Readiness.LOOK_AGAIN);
            return readiness == Readiness.READY ? 1 : 0;
        }
    }

    /** The protocol as it is meant. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = MISSED)
    @Outcome(expect = Expect.ACCEPTABLE, desc = HEARD)
    @State
    public static class FoundOrRung extends Pair {
        @Actor
        public void bring() {
            send(left, leftEnd);
        }

        @Actor
        public void look(II_Result result) {
            result.r1 = look(right);
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = right.rings;
        }
    }

    /** Two threads send, one after the other. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = MISSED)
    @Outcome(expect = Expect.ACCEPTABLE, desc = HEARD)
    @State
    public static class TwoSenders extends Pair {
        @Actor
        public void bring() {
            send(left, leftEnd);
        }

        @Actor
        public void bringToo() {
            send(left, leftEnd);
        }

        @Actor
        public void look(II_Result result) {
            result.r1 = look(right);
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = right.rings;
        }
    }

    /** The reader may see that the lock is held, but for the second message. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = MISSED)
    @Outcome(expect = Expect.ACCEPTABLE, desc = HEARD)
    @State
    public static class TwoTurns extends Pair {
        @Actor
        public void bring() {
            send(left, leftEnd);
            send(left, leftEnd);
        }

        @Actor
        public void look(II_Result result) {
            result.r1 = look(right);
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = right.rings;
        }
    }

    /** Both sides send, then go to rest: neither waits for the other for ever. */
    @JCStressTest
    @Outcome(
            id = {"0, 0, .*", ".*, 0, 0"},
            expect = Expect.FORBIDDEN,
            desc = MISSED)
    @Outcome(expect = Expect.ACCEPTABLE, desc = HEARD)
    @State
    public static class BothWays extends Pair {
        @Actor
        public void left(IIII_Result result) {
            send(left, leftEnd);
            result.r1 = look(left);
        }

        @Actor
        public void right(IIII_Result result) {
            send(right, rightEnd);
            result.r3 = look(right);
        }

        @Arbiter
        public void after(IIII_Result result) {
            result.r2 = left.rings;
            result.r4 = right.rings;
        }
    }

    /** Who rests without a look at the lock may miss what is just being sent. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = MISSED)
    @Outcome(expect = Expect.ACCEPTABLE, desc = HEARD)
    @State
    public static class WithoutLookAtLockBroken extends Pair {
        @Actor
        public void bring() {
            send(left, leftEnd);
        }

        @Actor
        public void look(II_Result result) {
            rightEnd.readable().arm();
            result.r1 = rightEnd.canReceive() ? 1 : 0;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = right.rings;
        }
    }
}
