package io.lingmq.examples;

import io.lingmq.Context;
import io.lingmq.Replier;
import io.lingmq.message.Message;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that ends in order when it is told to, by Ctrl-C or {@code kill}. Arguments: endpoint to bind. */
public final class GracefulStop {
    private GracefulStop() {}

    /** Runs the server until the process is told to end. */
    public static void main(String... args) throws InterruptedException {
        var context = Context.open();
        var workers = Executors.newFixedThreadPool(4);
        var replier = context.replier(request -> Message.of("you said " + request.text()), workers);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(context, replier, workers)));

        System.out.println("bound to " + replier.bind(args.length > 0 ? args[0] : "tcp://*:5559"));
        Thread.currentThread().join(); // for ever: the hook ends the process
    }

    private static void stop(Context context, Replier replier, ExecutorService workers) {
        var left = replier.close(Duration.ofSeconds(4)); // 1. no new work, and what is in hand is answered
        workers.shutdown(); // 2. nobody works any more
        var report = context.close(Duration.ofSeconds(4)); // 3. what was sent leaves
        System.out.println("without a reply: " + left + ", " + report);
    }
}
