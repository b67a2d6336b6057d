package io.lingmq.cli.demo;

import io.lingmq.Context;
import io.lingmq.Interest;
import io.lingmq.PubSocket;
import io.lingmq.PullSocket;
import io.lingmq.PushSocket;
import io.lingmq.cli.demo.Places.Place;
import io.lingmq.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Tasks flow down through PUSH and PULL, and a word published to all workers ends them. */
final class Pipeline implements Scene {
    private static final int WORKERS = 2;
    private static final int TASKS = 20;

    @Override
    public String title() {
        return "Push and pull together with publish and subscribe";
    }

    @Override
    public void play(SceneRun run) throws InterruptedException {
        var work = run.tcp(5557);
        var results = run.tcp(5558);
        var control = run.tcp(5559);
        try (var ventilator = run.context().push();
                var sink = run.context().pull();
                var controller = run.context().pub()) {
            ventilator.bind(work.bind());
            sink.bind(results.bind());
            controller.bind(control.bind());
            var workers = new ArrayList<Thread>();
            for (var w = 1; w <= WORKERS; w++) {
                workers.add(run.start("worker-" + w, () -> work(run.context(), work, results, control)));
            }
            run.awaitPeers(ventilator, WORKERS);
            flow(run, ventilator, sink);
            end(run, controller, workers);
        }
    }

    private static void flow(SceneRun run, PushSocket ventilator, PullSocket sink) throws InterruptedException {
        run.says("ventilator", "pushes " + TASKS + " tasks to " + WORKERS + " workers");
        for (var task = 1; task <= TASKS; task++) {
            ventilator.send(String.valueOf(task));
        }
        var squares = new TreeSet<Integer>();
        for (var i = 0; i < TASKS; i++) {
            squares.add(Integer.valueOf(run.receive(sink, "the sink").text()));
        }
        run.check(squares.size() == TASKS && squares.last() == TASKS * TASKS, "wrong results came: " + squares);
        run.says("sink", "pulled " + TASKS + " results, up to " + squares.last());
    }

    /** Publishing reaches whoever has subscribed by then, so it is said until all have heard it. */
    private static void end(SceneRun run, PubSocket controller, List<Thread> workers) throws InterruptedException {
        run.await(
                "the workers' end",
                () -> controller.trySend(Message.of("stop")) && workers.stream().noneMatch(Thread::isAlive));
        run.says("controller", "published \"stop\", and both workers have ended");
    }

    private static void work(Context context, Place work, Place results, Place control) throws InterruptedException {
        try (var tasks = context.pull();
                var done = context.push();
                var orders = context.sub();
                var poller = context.poller()) {
            done.connect(results.connect());
            orders.subscribe("stop");
            orders.connect(control.connect());
            tasks.connect(work.connect());
            poller.add(tasks, Interest.READ);
            poller.add(orders, Interest.READ);
            while (true) {
                for (var ready : poller.poll()) {
                    if (ready.is(orders)) {
                        return;
                    }
                    var task = Integer.parseInt(tasks.receive().text());
                    done.send(String.valueOf(task * task));
                }
            }
        }
    }
}
