package io.lingmq.examples;

import io.lingmq.Context;

/** Hands one task to whoever comes first. Arguments: endpoint to bind. */
public final class PushTasks {
    private PushTasks() {}

    /** Waits for a worker and sends. */
    public static void main(String... args) throws InterruptedException {
        try (var context = Context.open();
                var push = context.push()) {
            push.bind(Arguments.text(args, 0, "tcp://*:5558"));
            push.send("Hello Client 1");
        }
    }
}
