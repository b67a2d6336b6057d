package io.lingmq.examples;

import io.lingmq.Context;

/** Answers requests. Arguments: endpoint to bind, rounds. */
public final class ReplyServer {
    private ReplyServer() {}

    /** Runs the server. */
    public static void main(String... args) throws InterruptedException {
        try (var context = Context.open();
                var server = context.rep()) {
            server.bind(Arguments.text(args, 0, "tcp://*:5559"));
            for (var i = 0L; i < Arguments.rounds(args, 1); i++) {
                var message = server.receive().text();
                System.out.println(message);
                server.send("From Server1:" + message);
            }
        }
    }
}
