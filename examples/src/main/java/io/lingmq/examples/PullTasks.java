package io.lingmq.examples;

import io.lingmq.Context;

/** Takes one task from either of two sources. Arguments: endpoint, endpoint to connect to. */
public final class PullTasks {
    private PullTasks() {}

    /** Waits for a task and prints it. */
    public static void main(String... args) throws InterruptedException {
        try (var context = Context.open();
                var pull = context.pull()) {
            pull.connect(Arguments.text(args, 0, "tcp://localhost:5558"));
            pull.connect(Arguments.text(args, 1, "tcp://localhost:5559"));
            System.out.println(pull.receive().text());
        }
    }
}
