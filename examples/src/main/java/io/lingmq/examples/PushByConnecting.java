package io.lingmq.examples;

import io.lingmq.Context;

/** Hands tasks to two workers in turn, who are bound where it connects to. Arguments: endpoint, endpoint, rounds. */
public final class PushByConnecting {
    private PushByConnecting() {}

    /** Sends two tasks, or as many as it is told to. */
    public static void main(String... args) throws InterruptedException {
        try (var context = Context.open();
                var push = context.push()) {
            push.connect(Arguments.text(args, 0, "tcp://localhost:5558"));
            push.connect(Arguments.text(args, 1, "tcp://localhost:5559"));
            for (var i = 1; i <= Integer.parseInt(Arguments.text(args, 2, "2")); i++) {
                push.send("Hello Client " + i);
            }
        }
    }
}
