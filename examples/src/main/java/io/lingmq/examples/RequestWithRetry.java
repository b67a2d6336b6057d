package io.lingmq.examples;

import io.lingmq.Context;
import io.lingmq.RouterSocket;
import io.lingmq.message.Message;
import io.lingmq.option.RequesterSettings;
import io.lingmq.option.RetryPolicy;
import java.time.Duration;
import java.util.HashMap;

/** Asks again when a reply is lost; the server knows the request by its id and does the work once. */
public final class RequestWithRetry {
    private RequestWithRetry() {}

    /** Runs a client, and a server whose first reply is lost. */
    public static void main(String... args) throws InterruptedException {
        var settings = RequesterSettings.defaults()
                .withTimeout(Duration.ofSeconds(10)) // all attempts together
                .withRetry(RetryPolicy.times(3).after(Duration.ofMillis(200)));
        try (var context = Context.open();
                var server = context.router();
                var requester = context.requester(settings)) {
            server.bind("inproc://payments");
            requester.connect("inproc://payments");
            var reply = requester.requestAsync(Message.of("order-17", "pay 20 €"));

            serve(server);
            System.out.println("client: " + reply.join().text());
            System.out.println("sent again: " + (requester.statistics().retried() > 0));
        }
    }

    private static void serve(RouterSocket server) throws InterruptedException {
        var done = new HashMap<String, String>(); // kept as long as a client may ask again
        var first = server.receive();
        answer(first, done); // its reply is lost
        var second = server.receive();
        server.reply(second, Message.of(answer(second, done)));
    }

    private static String answer(Message request, HashMap<String, String> done) {
        var id = request.body().text(0);
        System.out.println("server: " + id + (done.containsKey(id) ? " was done before" : " is done"));
        return done.computeIfAbsent(id, unknown -> id + " is paid");
    }
}
