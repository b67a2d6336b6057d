package io.lingmq.examples;

import io.lingmq.Context;

/** Takes tasks from all who connect. Arguments: endpoint to bind, rounds. */
public final class PullByBinding {
    private PullByBinding() {}

    /** Prints each task. */
    public static void main(String... args) throws InterruptedException {
        try (var context = Context.open();
                var pull = context.pull()) {
            pull.bind(Arguments.text(args, 0, "tcp://*:5558"));
            for (var i = 0L; i < Arguments.rounds(args, 1); i++) {
                System.out.println(pull.receive().text());
            }
        }
    }
}
