package io.lingmq.session;

import io.lingmq.session.ReadOwnership.ReadOwner;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The owner of a channel: no channel stays with a caller that has gone to sleep. */
public final class ReadOwnershipStress {
    private ReadOwnershipStress() {}

    /** A caller looks and goes to sleep while the I/O thread passes the channel to it. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "The selector has it, or will have it.")
    @Outcome(id = "1", expect = Expect.FORBIDDEN, desc = "It stays with a caller that sleeps: nobody reads.")
    @State
    public static class NeverASleepers {
        private final ReadOwnership ownership = new ReadOwnership(0);
        private volatile boolean takesBack;

        @Actor
        public void caller() {
            ownership.looks(1);
            if (ownership.release()) {
                takesBack = true; // a task of the I/O thread
            }
        }

        @Actor
        public void ioThread() {
            ownership.passes();
        }

        @Arbiter
        public void after(I_Result result) {
            if (takesBack) {
                ownership.takeBack();
            }
            result.r1 = ownership.owner() == ReadOwner.CALLER ? 1 : 0;
        }
    }
}
