package io.lingmq.socket;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A turn serves a call while its holder cancels it: one of both happens. First: done by the socket, or out of time;
 * second: cancelled.
 */
public final class AsyncCallStress {
    private static final String ONE = "Done, or cancelled.";
    private static final String BOTH = "It was done, and cancel says it was withdrawn; or neither happened.";

    private AsyncCallStress() {}

    private static final class Call extends AsyncCall<String> {
        private final AtomicInteger done = new AtomicInteger();
        private final int inVain;
        private int attempts;

        Call(int inVain) {
            super(() -> {});
            this.inVain = inVain;
        }

        @Override
        boolean attempt() {
            return attempts++ >= inVain && done.incrementAndGet() > 0;
        }

        @Override
        void succeed() {
            completeWith("done");
        }

        @Override
        void expire() {
            completeWith("late");
        }
    }

    /** The attempt succeeds. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = Expect.ACCEPTABLE,
            desc = ONE)
    @Outcome(expect = Expect.FORBIDDEN, desc = BOTH)
    @State
    public static class DoneOrCancelled {
        private final Call call = new Call(0);

        @Actor
        public void serve() {
            call.serve();
        }

        @Actor
        public void cancel(II_Result result) {
            result.r2 = call.cancel(false) ? 1 : 0;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = call.done.get();
        }
    }

    /** The first attempt is in vain, the second succeeds. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = Expect.ACCEPTABLE,
            desc = ONE)
    @Outcome(expect = Expect.FORBIDDEN, desc = BOTH)
    @State
    public static class DoneLaterOrCancelled {
        private final Call call = new Call(1);

        @Actor
        public void serve() {
            if (!call.serve()) {
                call.serve();
            }
        }

        @Actor
        public void cancel(II_Result result) {
            result.r2 = call.cancel(false) ? 1 : 0;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = call.done.get();
        }
    }

    /** The attempt is in vain, and then the time is over. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "Out of time, or cancelled.")
    @Outcome(expect = Expect.FORBIDDEN, desc = BOTH)
    @State
    public static class LateOrCancelled {
        private final Call call = new Call(1);
        private volatile int late;

        @Actor
        public void serve() {
            if (!call.serve() && call.isOutOfTime()) {
                late = 1;
            }
        }

        @Actor
        public void cancel(II_Result result) {
            result.r2 = call.cancel(false) ? 1 : 0;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = late;
        }
    }

    /** Two end it at once: each may say so, as long as the future is over. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "It is cancelled, and both say so.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A cancel failed though nothing was done.")
    @State
    public static class CancelledTwice {
        private final Call call = new Call(0);
        private volatile boolean first;
        private volatile boolean second;

        @Actor
        public void cancel() {
            first = call.cancel(false);
        }

        @Actor
        public void cancelToo() {
            second = call.cancel(false);
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = first && second && call.isCancelled() ? 1 : 0;
        }
    }

    /** Looks whether the future is over, and then does what was asked for. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = Expect.ACCEPTABLE,
            desc = ONE)
    @Outcome(expect = Expect.FORBIDDEN, desc = BOTH)
    @State
    public static class LookThenDoBroken {
        private final CompletableFuture<String> future = new CompletableFuture<>();
        private volatile int done;

        @Actor
        public void serve() {
            if (!future.isDone()) {
                done = 1;
                future.complete("done");
            }
        }

        @Actor
        public void cancel(II_Result result) {
            result.r2 = future.cancel(false) ? 1 : 0;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = done;
        }
    }
}
