package io.lingmq.reactor;

import java.util.concurrent.atomic.AtomicBoolean;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A kept task that is asked for again while it waits or runs: it does what was asked for, and is in the list once. */
public final class TaskStress {
    private static final int BOTH = 3;
    private static final String UNDONE = "It was asked for, and what was asked for was not done.";

    private TaskStress() {}

    private static void run(TaskList list) {
        var task = list.poll();
        if (task != null) {
            task.work().run();
        }
    }

    /** Asked for again just as it is taken and run. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Done, then or later.")
    @Outcome(id = "0", expect = Expect.FORBIDDEN, desc = UNDONE)
    @State
    public static class AskedAgainAsItRuns {
        private final TaskList list = new TaskList();
        private final Task task = new Task(this::work);
        private int asked; // plain: the task has to see it because it was asked for
        private int done;

        public AskedAgainAsItRuns() {
            list.add(task);
        }

        private void work() {
            done = asked;
        }

        @Actor
        public void ask() {
            asked = 1;
            list.add(task);
        }

        @Actor
        public void react() {
            run(list);
        }

        @Arbiter
        public void after(I_Result result) {
            run(list);
            result.r1 = done;
        }
    }

    /** Asked for by two at the same time: it runs once, for both. */
    @JCStressTest
    @Outcome(id = BOTH + ", 1", expect = Expect.ACCEPTABLE, desc = "Once, for both.")
    @Outcome(expect = Expect.FORBIDDEN, desc = UNDONE)
    @State
    public static class OnceForBoth {
        private final TaskList list = new TaskList();
        private final Task task = new Task(this::work);
        private int first;
        private int second;
        private int done;
        private int runs;

        private void work() {
            done = first + second;
            runs++;
        }

        @Actor
        public void ask() {
            first = 1;
            list.add(task);
        }

        @Actor
        public void askToo() {
            second = 2;
            list.add(task);
        }

        @Arbiter
        public void after(II_Result result) {
            while (!list.isEmpty()) {
                run(list);
            }
            result.r1 = done;
            result.r2 = runs;
        }
    }

    /** A task that leaves the list when it has run, and not before, does not hear who asked meanwhile. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Done, then or later.")
    @Outcome(id = "0", expect = Expect.FORBIDDEN, desc = UNDONE)
    @State
    public static class LeftAfterItRanBroken {
        private final Task task = new Task(() -> {});
        private volatile int asked;
        private boolean again;
        private int done;

        public LeftAfterItRanBroken() {
            task.enter();
        }

        @Actor
        public void ask() {
            asked = 1;
            again = task.enter();
        }

        @Actor
        public void react() {
            done = asked;
            task.leave();
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = again ? asked : done;
        }
    }

    /** A task that leaves by a mere store may look at what was asked before others see that it has left. */
    @JCStressTest
    @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "Done, then or later.")
    @Outcome(id = "0", expect = Expect.FORBIDDEN, desc = UNDONE)
    @State
    public static class LeftWithoutExchangeBroken {
        private final AtomicBoolean listed = new AtomicBoolean(true);
        private volatile int asked;
        private boolean again;
        private int done;

        @Actor
        public void ask() {
            asked = 1;
            again = !listed.getAndSet(true);
        }

        @Actor
        public void react() {
            listed.setRelease(false);
            done = asked;
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = again ? asked : done;
        }
    }
}
