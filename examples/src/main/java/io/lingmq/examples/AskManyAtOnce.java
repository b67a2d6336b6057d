package io.lingmq.examples;

import io.lingmq.Context;
import io.lingmq.message.ErrorReply;
import io.lingmq.message.Message;
import io.lingmq.option.RequesterSettings;
import io.lingmq.option.RetryPolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Asks for the squares of ten numbers at once, again if a reply is late, and prints them in order. To ask twice does no
 * harm here. Arguments: endpoint to connect to.
 */
public final class AskManyAtOnce {
    private AskManyAtOnce() {}

    /** Runs the client. */
    public static void main(String... args) {
        var settings = RequesterSettings.defaults()
                .withTimeout(Duration.ofSeconds(10))
                .withRetry(RetryPolicy.times(3).after(Duration.ofMillis(500)));
        try (var context = Context.open();
                var requester = context.requester(settings)) {
            requester.connect(Arguments.text(args, 0, "tcp://localhost:5559"));
            var replies = IntStream.rangeClosed(1, 10)
                    .mapToObj(number -> requester.requestAsync(String.valueOf(number)))
                    .toList();
            replies.stream().map(CompletableFuture::join).forEach(AskManyAtOnce::print);
            print(requester.requestAsync("not a number").join());
        }
    }

    private static void print(Message reply) {
        var error = ErrorReply.in(reply);
        System.out.println(error == null ? reply.text() : "error: " + error.text());
    }
}
