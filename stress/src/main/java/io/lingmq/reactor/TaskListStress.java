package io.lingmq.reactor;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The list of tasks: each runs once, in order, and the reactor does not sleep while there is one. */
public final class TaskListStress {
    private static final int TASKS = 8;
    private static final String SLEPT = "The task was not seen and woke nobody: it waits for ever.";
    private static final String VANISHED = "The task was accepted and will never run.";

    private TaskListStress() {}

    private static Task numbered(int number, Counter counter) {
        return new Task(() -> counter.ran(number));
    }

    /** How many tasks ran, and how many of them in the order in which they were added. */
    private static final class Counter {
        private int all;
        private int inOrder;

        private void ran(int number) {
            all++;
            inOrder += number == all ? 1 : 0;
        }
    }

    /** One adds, one takes. */
    @JCStressTest
    @Outcome(id = TASKS + ", " + TASKS, expect = Expect.ACCEPTABLE, desc = "All ran, in order.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A task was lost, or ran twice, or before its turn.")
    @State
    public static class InOrder {
        private final TaskList list = new TaskList();
        private final Counter counter = new Counter();

        @Actor
        public void add() {
            for (var i = 1; i <= TASKS; i++) {
                list.add(numbered(i, counter));
            }
        }

        @Actor
        public void take() {
            for (var i = 0; i < TASKS; i++) {
                run();
            }
        }

        @Arbiter
        public void after(II_Result result) {
            while (!list.isEmpty()) {
                run();
            }
            result.r1 = counter.all;
            result.r2 = counter.inOrder;
        }

        private void run() {
            var task = list.poll();
            if (task != null) {
                task.work().run();
            }
        }
    }

    /** Two add, at the same time. */
    @JCStressTest
    @Outcome(id = "" + 2 * TASKS, expect = Expect.ACCEPTABLE, desc = "All ran.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A task was lost or ran twice.")
    @State
    public static class TwoAdd {
        private final TaskList list = new TaskList();
        private final Counter counter = new Counter();

        @Actor
        public void add() {
            addAll();
        }

        @Actor
        public void addToo() {
            addAll();
        }

        private void addAll() {
            for (var i = 1; i <= TASKS; i++) {
                list.add(numbered(i, counter));
            }
        }

        @Arbiter
        public void after(I_Result result) {
            for (var task = list.poll(); task != null; task = list.poll()) {
                task.work().run();
            }
            result.r1 = counter.all;
        }
    }

    /** Only the reactor may take: two who do take the same. */
    @JCStressTest
    @Outcome(id = "" + TASKS, expect = Expect.ACCEPTABLE, desc = "All were taken.")
    @Outcome(expect = Expect.FORBIDDEN, desc = "A task was lost or taken twice.")
    @State
    public static class TwoTakersBroken {
        private final TaskList list = new TaskList();
        private int first;
        private int second;

        public TwoTakersBroken() {
            for (var i = 1; i <= TASKS; i++) {
                list.add(new Task(() -> {}));
            }
            list.add(new Task(() -> {}));
            var unused = list.poll(); // so that those who take begin with what was turned round already
        }

        @Actor
        public void take() {
            while (list.poll() != null) {
                first++;
            }
        }

        @Actor
        public void takeToo() {
            while (list.poll() != null) {
                second++;
            }
        }

        @Arbiter
        public void after(I_Result result) {
            result.r1 = first + second;
        }
    }

    /** The reactor says that it sleeps, then looks once more; who adds looks then whether it sleeps. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = SLEPT)
    @Outcome(
            id = {"0, 1", "1, 0", "1, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "Seen, woken, or both.")
    @State
    public static class SeenOrWoken {
        private final TaskList list = new TaskList();
        private final Task task = new Task(() -> {});
        private volatile int rest;

        @Actor
        public void add(II_Result result) {
            list.add(task);
            result.r2 = rest;
        }

        @Actor
        public void sleep(II_Result result) {
            rest = 1;
            result.r1 = list.isEmpty() ? 0 : 1;
        }
    }

    /** A reactor that looks first and says then that it sleeps. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = SLEPT)
    @Outcome(expect = Expect.ACCEPTABLE, desc = "Seen, woken, or both.")
    @State
    public static class LookedTooEarlyBroken {
        private final TaskList list = new TaskList();
        private final Task task = new Task(() -> {});
        private volatile int rest;

        @Actor
        public void add(II_Result result) {
            list.add(task);
            result.r2 = rest;
        }

        @Actor
        public void sleep(II_Result result) {
            result.r1 = list.isEmpty() ? 0 : 1;
            for (var i = 0; i < 10; i++) {
                Thread.onSpinWait(); // else the moment between is so short that it is hardly ever met
            }
            rest = 1;
        }
    }

    /** A task comes just as the list is closed. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "Run, or refused.")
    @Outcome(expect = Expect.FORBIDDEN, desc = VANISHED)
    @State
    public static class RunOrRefused {
        private final TaskList list = new TaskList();
        private int ran;
        private final Task task = new Task(() -> ran++);
        private int refused;

        @Actor
        public void add() {
            refused = list.add(task) == TaskList.Added.REFUSED ? 1 : 0;
        }

        @Actor
        public void stop() {
            while (!list.closeIfEmpty()) {
                var next = list.poll();
                if (next != null) {
                    next.work().run();
                }
            }
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = ran;
            result.r2 = refused;
        }
    }

    /** A task comes just as the list is closed, whatever it holds: what it held is still taken. */
    @JCStressTest
    @Outcome(
            id = {"2, 0", "1, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "Both ran, or the one that came was refused.")
    @Outcome(expect = Expect.FORBIDDEN, desc = VANISHED)
    @State
    public static class ClosedWithTheRestTaken {
        private final TaskList list = new TaskList();
        private int ran;
        private int refused;

        public ClosedWithTheRestTaken() {
            list.add(new Task(() -> ran++));
        }

        @Actor
        public void add() {
            refused = list.add(new Task(() -> ran++)) == TaskList.Added.REFUSED ? 1 : 0;
        }

        @Actor
        public void stop() {
            list.close();
            runAll(list);
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = ran;
            result.r2 = refused;
        }
    }

    /** A reactor that takes all there is, and closes then. */
    @JCStressTest
    @Outcome(
            id = {"2, 0", "1, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "Both ran, or the one that came was refused.")
    @Outcome(expect = Expect.FORBIDDEN, desc = VANISHED)
    @State
    public static class ClosedBehindTheRestBroken {
        private final TaskList list = new TaskList();
        private int ran;
        private int refused;

        public ClosedBehindTheRestBroken() {
            list.add(new Task(() -> ran++));
        }

        @Actor
        public void add() {
            refused = list.add(new Task(() -> ran++)) == TaskList.Added.REFUSED ? 1 : 0;
        }

        @Actor
        public void stop() {
            runAll(list);
            list.close();
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = ran;
            result.r2 = refused;
        }
    }

    private static void runAll(TaskList list) {
        for (var task = list.poll(); task != null; task = list.poll()) {
            task.work().run();
        }
    }

    /** A kept task that two ask for just as the list is closed: run for both, or at least one of them is told. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Run.")
    @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Run for one, the other was refused.")
    @Outcome(
            id = {"0, 1", "0, 2"},
            expect = Expect.ACCEPTABLE,
            desc = "Refused, to who was to put it in at least.")
    @Outcome(expect = Expect.FORBIDDEN, desc = VANISHED)
    @State
    public static class KeptRunOrRefused {
        private final TaskList list = new TaskList();
        private int ran;
        private final Task task = new Task(() -> ran = 1);
        private int refused;
        private int refusedToo;

        @Actor
        public void add() {
            refused = list.add(task) == TaskList.Added.REFUSED ? 1 : 0;
        }

        @Actor
        public void addTooAndStop() {
            refusedToo = list.add(task) == TaskList.Added.REFUSED ? 1 : 0;
            while (!list.closeIfEmpty()) {
                var next = list.poll();
                if (next != null) {
                    next.work().run();
                }
            }
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = ran;
            result.r2 = refused + refusedToo;
        }
    }

    /** A reactor that looks whether there is something left, and closes then. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "Run, or refused.")
    @Outcome(expect = Expect.FORBIDDEN, desc = VANISHED)
    @State
    public static class ClosedInTwoStepsBroken {
        private final TaskList list = new TaskList();
        private int ran;
        private final Task task = new Task(() -> ran++);
        private volatile boolean closed;
        private int refused;

        @Actor
        public void add() {
            if (closed) {
                refused = 1;
            } else {
                list.add(task);
            }
        }

        @Actor
        public void stop() {
            var next = list.poll();
            if (next != null) {
                next.work().run();
            }
            closed = true;
        }

        @Arbiter
        public void after(II_Result result) {
            result.r1 = ran;
            result.r2 = refused;
        }
    }
}
