package io.lingmq.examples;

import io.lingmq.Context;
import io.lingmq.message.Message;
import java.time.Duration;
import java.util.concurrent.Executors;

/** Receives and sends by futures that have a time, on an executor of the program's own. */
public final class AsyncCalls {
    private AsyncCalls() {}

    /** Runs both sides. */
    public static void main(String... args) {
        var executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "my thread"));
        try (var context = Context.builder().executor(executor).open();
                var push = context.push();
                var pull = context.pull()) {
            push.connect("inproc://orders");
            pull.bind("inproc://orders");

            var order = pull.receiveAsync(Duration.ofSeconds(10)) // the time is said to the call itself
                    .thenApplyAsync(it -> it == null ? "nothing" : where(it), executor);
            var sent = push.sendAsync(Message.of("tea"), Duration.ofSeconds(10));
            System.out.println("sent: " + sent.join());
            System.out.println(order.join());

            var none = pull.receiveAsync(Duration.ofMillis(50)).thenApply(it -> it == null ? "nothing" : it.text());
            System.out.println(none.join());
        } finally {
            executor.shutdown(); // after the context: closing it tells the last futures
        }
    }

    private static String where(Message order) {
        return order.text() + " on " + Thread.currentThread().getName();
    }
}
