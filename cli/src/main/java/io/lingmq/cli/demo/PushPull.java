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
    public void play(Stage stage) throws InterruptedException {
        pushBinds(stage);
        pullsBind(stage);
    }

    private static void pushBinds(Stage stage) throws InterruptedException {
        var place = stage.tcp(5558);
        try (var push = stage.context().push();
                var pull1 = stage.context().pull();
                var pull2 = stage.context().pull()) {
            push.bind(place.bind());
            pull1.connect(place.connect());
            pull2.connect(place.connect());
            stage.awaitPeers(push, 2);
            stage.says("PUSH", "binds " + place.bind() + ", two PULLs connect; it sends " + TASKS + " tasks");
            distribute(stage, push, pull1, pull2);
        }
    }

    private static void pullsBind(Stage stage) throws InterruptedException {
        var one = stage.tcp(5558);
        var two = stage.tcp(5559);
        try (var push = stage.context().push();
                var pull1 = stage.context().pull();
                var pull2 = stage.context().pull()) {
            push.connect(one.connect());
            push.connect(two.connect());
            pull1.bind(one.bind());
            pull2.bind(two.bind());
            stage.awaitPeers(push, 2);
            stage.says(
                    "PULLs",
                    "bind " + one.bind() + " and " + two.bind() + ", one PUSH connects to both; it sends " + TASKS
                            + " tasks");
            distribute(stage, push, pull1, pull2);
        }
    }

    private static void distribute(Stage stage, PushSocket push, PullSocket pull1, PullSocket pull2)
            throws InterruptedException {
        for (var task = 1; task <= TASKS; task++) {
            push.send("Hello Client " + task);
        }
        var tasks1 = collect(stage, pull1, "the first PULL");
        var tasks2 = collect(stage, pull2, "the second PULL");
        var all = new HashSet<>(tasks1);
        all.addAll(tasks2);
        stage.check(all.size() == TASKS, "tasks came twice or not at all: " + List.of(tasks1, tasks2));
        stage.says("PULLs", "got " + tasks1 + " and " + tasks2);
    }

    /** Tasks go round, so each of two workers gets half of them. */
    private static Set<Integer> collect(Stage stage, PullSocket pull, String who) throws InterruptedException {
        var tasks = new TreeSet<Integer>();
        for (var i = 0; i < TASKS / 2; i++) {
            tasks.add(Integer.valueOf(stage.receive(pull, who).text().replaceAll("\\D", "")));
        }
        return tasks;
    }
}
