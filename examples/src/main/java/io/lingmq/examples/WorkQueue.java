package io.lingmq.examples;

import io.lingmq.Context;
import io.lingmq.DealerSocket;
import io.lingmq.RouterSocket;
import io.lingmq.message.Message;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hands out jobs to workers that ask for them; a job that is not acknowledged in time is given to another one. */
public final class WorkQueue {
    private static final long PATIENCE_NS = Duration.ofSeconds(1).toNanos();

    private final RouterSocket workers;
    private final Deque<String> waiting;
    private final Map<String, Long> givenNs = new LinkedHashMap<>(); // which job, and when
    private final Deque<Message> idle = new ArrayDeque<>(); // the requests of workers that wait for a job

    private WorkQueue(RouterSocket workers, List<String> jobs) {
        this.workers = workers;
        waiting = new ArrayDeque<>(jobs);
    }

    /** Runs the queue with two workers, the first of which dies. */
    public static void main(String... args) throws InterruptedException {
        try (var context = Context.open();
                var router = context.router()) {
            router.bind("inproc://jobs");
            var queue = new Thread(() -> new WorkQueue(router, List.of("job 1", "job 2", "job 3")).run());
            queue.start();

            try (var ada = worker(context)) {
                System.out.println("Ada dies with " + ada.receive().text());
            }
            try (var lin = worker(context)) {
                for (var i = 0; i < 3; i++) {
                    var job = lin.receive();
                    System.out.println("Lin does " + job.text());
                    lin.send("done", job.text());
                }
                queue.join();
            }
        }
    }

    private static DealerSocket worker(Context context) throws InterruptedException {
        var worker = context.dealer();
        worker.connect("inproc://jobs");
        worker.send("ready");
        return worker;
    }

    private void run() {
        try {
            while (!waiting.isEmpty() || !givenNs.isEmpty()) {
                var message = workers.receive(Duration.ofMillis(100));
                if (message != null) {
                    heard(message);
                }
                takeBack();
                handOut();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void heard(Message message) {
        var body = message.body();
        if (body.frameEquals(0, "done")) {
            givenNs.remove(body.text(1)); // of two that did it the second one changes nothing
            waiting.remove(body.text(1));
        }
        idle.add(message);
    }

    private void takeBack() {
        var nowNs = System.nanoTime();
        givenNs.entrySet().removeIf(job -> nowNs - job.getValue() > PATIENCE_NS && waiting.add(job.getKey()));
    }

    private void handOut() throws InterruptedException {
        while (!waiting.isEmpty() && !idle.isEmpty()) {
            var job = waiting.remove();
            givenNs.put(job, System.nanoTime());
            workers.reply(idle.remove(), Message.of(job)); // a worker that is gone does not get it: see takeBack
        }
    }
}
