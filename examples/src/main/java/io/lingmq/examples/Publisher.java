package io.lingmq.examples;

import io.lingmq.Context;
import java.util.concurrent.TimeUnit;

/** Publishes to two topics every second, the topic as first frame. Arguments: endpoint to bind, rounds. */
public final class Publisher {
    private Publisher() {}

    /** Runs the publisher. */
    public static void main(String... args) throws InterruptedException {
        try (var context = Context.open();
                var publisher = context.pub()) {
            publisher.bind(Arguments.text(args, 0, "tcp://*:5563"));
            for (var i = 0L; i < Arguments.rounds(args, 1); i++) {
                publisher.send("A", "1:We don't want to see this");
                publisher.send("B", "1:We would like to see this");
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }
}
