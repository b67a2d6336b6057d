package io.lingmq.routing;

import io.lingmq.message.Message;
import io.lingmq.pipe.Doorbell;
import io.lingmq.pipe.InprocPipe;
import io.lingmq.pipe.PipeOwner;
import io.lingmq.stress.NoSocket;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The pipe that the last message came from stays awake until its receiver is told that there is nothing. */
public final class FairQueueStress {
    private static final Message MESSAGE = Message.empty();
    private static final String MISSED = "The message was neither found nor rung for: the receiver sleeps for ever.";
    private static final String HEARD = "Found, rung for, or both.";

    private FairQueueStress() {}

    /** A socket that has just received a message and found nothing behind it. */
    private abstract static class Receiver implements PipeOwner {
        final FairQueue queue = new FairQueue(new Drops());
        private final InprocPipe sender;
        private volatile int rings;

        Receiver() {
            var pipe = InprocPipe.pair(
                    new InprocPipe.Side(this, 0, 0, false), new InprocPipe.Side(new NoSocket(), 0, 0, false));
            sender = pipe.peer();
            queue.activate(pipe);
            send();
            for (var i = 0; i < 2; i++) {
                queue.receive();
            }
        }

        final void send() {
            sender.send(MESSAGE);
        }

        @Override
        public final void rung(Doorbell bell) {
            rings = 1;
        }

        @Override
        public final boolean tryHold() {
            return false;
        }

        @Override
        public final void letGo() {}

        final void note(II_Result result) {
            result.r2 = rings;
        }
    }

    /** The protocol as it is meant: who is going to sleep asks whether there is something. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = MISSED)
    @Outcome(expect = Expect.ACCEPTABLE, desc = HEARD)
    @State
    public static class FoundOrRung extends Receiver {
        @Actor
        public void bring() {
            send();
        }

        @Actor
        public void look(II_Result result) {
            result.r1 = queue.readiness() == Readiness.READY ? 1 : 0;
        }

        @Arbiter
        public void after(II_Result result) {
            note(result);
        }
    }

    /** Who only tries to receive finds nothing and is not told of what comes then. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = MISSED)
    @Outcome(expect = Expect.ACCEPTABLE, desc = HEARD)
    @State
    public static class WithoutAskingBroken extends Receiver {
        @Actor
        public void bring() {
            send();
        }

        @Actor
        public void look(II_Result result) {
            result.r1 = queue.receive() != null ? 1 : 0;
        }

        @Arbiter
        public void after(II_Result result) {
            note(result);
        }
    }
}
