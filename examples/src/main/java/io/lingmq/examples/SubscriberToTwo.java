package io.lingmq.examples;

import io.lingmq.Context;

/** Prints what two publishers say of one topic; either may be absent. Arguments: endpoint, endpoint, rounds. */
public final class SubscriberToTwo {
    private SubscriberToTwo() {}

    /** Runs the subscriber. */
    public static void main(String... args) throws InterruptedException {
        try (var context = Context.open();
                var subscriber = context.sub()) {
            subscriber.connect(Arguments.text(args, 0, "tcp://localhost:5563"));
            subscriber.connect(Arguments.text(args, 1, "tcp://localhost:5564"));
            subscriber.subscribe("B");
            for (var i = 0L; i < Arguments.rounds(args, 2); i++) {
                var message = subscriber.receive();
                System.out.printf("[%s] %s%n", message.text(0), message.text(1));
            }
        }
    }
}
