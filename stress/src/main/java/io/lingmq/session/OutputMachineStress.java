package io.lingmq.session;

import io.lingmq.session.OutputState.News;
import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The state of an output: of news that come from two threads at one time none is lost. */
public final class OutputMachineStress {
    private OutputMachineStress() {}

    /** The socket learns of its peer while a writer finds the channel full. */
    @JCStressTest
    @Outcome(id = "3", expect = Expect.ACCEPTABLE, desc = "Begun, and full.")
    @Outcome(id = "1", expect = Expect.FORBIDDEN, desc = "Nobody knows that the channel is full: nobody waits for it.")
    @Outcome(id = "2", expect = Expect.FORBIDDEN, desc = "Nobody knows that it has begun: no message is written.")
    @State
    public static class BeginsWhileItFills {
        private final OutputMachine machine = new OutputMachine();

        @Actor
        public void socket() {
            machine.after(News.BEGINS);
        }

        @Actor
        public void writer() {
            machine.after(News.IS_FULL);
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = (machine.hasBegun() ? 1 : 0) + (machine.isBlocked() ? 2 : 0);
        }
    }

    /** A writer finds the channel full again while the I/O thread hears that it takes octets. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "It was full still: the I/O thread writes, behind that.")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It is full anew, and the writer asks for the channel.")
    @Outcome(id = "0, 1", expect = Expect.FORBIDDEN, desc = "It is full, and nobody asks for the channel.")
    @Outcome(id = "1, 0", expect = Expect.FORBIDDEN, desc = "The writer asked, and what it has seen is forgotten.")
    @State
    public static class FillsWhileItTakesAgain {
        private final OutputMachine machine = new OutputMachine();

        public FillsWhileItTakesAgain() {
            machine.after(News.BEGINS);
            machine.after(News.IS_FULL);
        }

        @Actor
        public void ioThread() {
            machine.after(News.TAKES_AGAIN);
        }

        @Actor
        public void writer(II_Result result) {
            result.r1 = machine.after(News.IS_FULL) ? 1 : 0;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r2 = machine.isBlocked() ? 1 : 0;
        }
    }

    /** The channel fails while the I/O thread hears that it takes octets, as it does of one that is broken. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "It has failed for ever.")
    @Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "It is written to again.")
    @State
    public static class FailsForEver {
        private final OutputMachine machine = new OutputMachine();

        public FailsForEver() {
            machine.after(News.IS_FULL);
        }

        @Actor
        public void ioThread() {
            machine.after(News.TAKES_AGAIN);
        }

        @Actor
        public void writer() {
            machine.after(News.FAILS);
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = machine.hasFailed() ? 1 : 0;
        }
    }

    /** As {@link BeginsWhileItFills}, where each thread reads the state and then writes the next one. */
    @JCStressTest
    @Outcome(id = "3", expect = Expect.ACCEPTABLE, desc = "Begun, and full.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "One of the two is lost.")
    @State
    public static class InTwoStepsBroken {
        private volatile OutputState state = OutputState.OPENING;

        @Actor
        public void socket() {
            state = Objects.requireNonNull(state.after(News.BEGINS));
        }

        @Actor
        public void writer() {
            state = Objects.requireNonNull(state.after(News.IS_FULL));
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = (state.hasBegun() ? 1 : 0) + (state.isBlocked() ? 2 : 0);
        }
    }
}
