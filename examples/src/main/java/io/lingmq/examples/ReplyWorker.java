package io.lingmq.examples;

import io.lingmq.Context;

/** Answers requests that a broker hands out: the server, with connect in place of bind. Arguments: endpoint, rounds. */
public final class ReplyWorker {
    private ReplyWorker() {}

    /** Runs the worker. */
    public static void main(String... args) throws InterruptedException {
        try (var context = Context.open();
                var server = context.rep()) {
            server.connect(Arguments.text(args, 0, "tcp://localhost:5560"));
            for (var i = 0L; i < Arguments.rounds(args, 1); i++) {
                var message = server.receive().text();
                System.out.println(message);
                server.send("From Server1:" + message);
            }
        }
    }
}
