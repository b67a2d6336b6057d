package io.lingmq.cli.demo;

import io.lingmq.PullSocket;
import io.lingmq.PushSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Work handed out in turn, with either side as the one that binds. */
final class PushPull implements Scene {
    private static final int TASKS = 10;

    @Override
    public String title() {
        return "Push and pull: each task to one worker, either side binds";
    }

    @Override
    public void play(SceneRun run) throws InterruptedException {
        pushBinds(run);
        pullsBind(run);
    }

    private static void pushBinds(SceneRun run) throws InterruptedException {
        var place = run.tcp(5558);
        try (var push = run.context().push();
                var pull1 = run.context().pull();
                var pull2 = run.context().pull()) {
            push.bind(place.bind());
            pull1.connect(place.connect());
            pull2.connect(place.connect());
            run.awaitPeers(push, 2);
            run.says("PUSH", "binds " + place.bind() + ", two PULLs connect; it sends " + TASKS + " tasks");
            distribute(run, push, pull1, pull2);
        }
    }

    private static void pullsBind(SceneRun run) throws InterruptedException {
        var one = run.tcp(5558);
        var two = run.tcp(5559);
        try (var push = run.context().push();
                var pull1 = run.context().pull();
                var pull2 = run.context().pull()) {
            push.connect(one.connect());
            push.connect(two.connect());
            pull1.bind(one.bind());
            pull2.bind(two.bind());
            run.awaitPeers(push, 2);
            run.says(
                    "PULLs",
                    "bind " + one.bind() + " and " + two.bind() + ", one PUSH connects to both; it sends " + TASKS
                            + " tasks");
            distribute(run, push, pull1, pull2);
        }
    }

    private static void distribute(SceneRun run, PushSocket push, PullSocket pull1, PullSocket pull2)
            throws InterruptedException {
        for (var task = 1; task <= TASKS; task++) {
            push.send("Hello Client " + task);
        }
        var tasks1 = collect(run, pull1, "the first PULL");
        var tasks2 = collect(run, pull2, "the second PULL");
        var all = new HashSet<>(tasks1);
        all.addAll(tasks2);
        run.check(all.size() == TASKS, "tasks came twice or not at all: " + List.of(tasks1, tasks2));
        run.says("PULLs", "got " + tasks1 + " and " + tasks2);
    }

    /** Tasks go round, so each of two workers gets half of them. */
    private static Set<Integer> collect(SceneRun run, PullSocket pull, String who) throws InterruptedException {
        var tasks = new TreeSet<Integer>();
        for (var i = 0; i < TASKS / 2; i++) {
            tasks.add(Integer.valueOf(run.receive(pull, who).text().replaceAll("\\D", "")));
        }
        return tasks;
    }
}
