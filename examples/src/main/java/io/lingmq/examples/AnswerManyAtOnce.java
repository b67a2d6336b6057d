package io.lingmq.examples;

import io.lingmq.Context;
import io.lingmq.message.Message;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * Squares numbers, several at a time; what is no number gets an error reply. Ends in order: what it has in hand is
 * answered. Arguments: endpoint to bind, replies until it ends.
 */
public final class AnswerManyAtOnce {
    private AnswerManyAtOnce() {}

    /** Runs the server. */
    public static void main(String... args) throws InterruptedException {
        var rounds = Arguments.rounds(args, 1);
        var left = new CountDownLatch((int) Math.min(rounds, Integer.MAX_VALUE));
        var workers = Executors.newFixedThreadPool(4);
        try (var context = Context.open();
                var replier = context.replier(request -> square(request, left), workers)) {
            replier.bind(Arguments.text(args, 0, "tcp://*:5559"));
            left.await();
            System.out.println("left without a reply: " + replier.close(Duration.ofSeconds(5)));
        } finally {
            workers.shutdown();
        }
    }

    private static Message square(Message request, CountDownLatch left) {
        try {
            return Message.of(new BigInteger(request.text()).pow(2).toString());
        } finally {
            left.countDown();
        }
    }
}
