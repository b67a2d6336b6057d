package io.lingmq.examples;

import io.lingmq.Context;

/** One server at two endpoints: other hosts use tcp, this one ipc. Arguments: endpoint, endpoint, rounds. */
public final class ReplyOnTcpAndIpc {
    private ReplyOnTcpAndIpc() {}

    /** Runs the server. */
    public static void main(String... args) throws InterruptedException {
        try (var context = Context.open();
                var server = context.rep()) {
            server.bind(Arguments.text(args, 0, "tcp://*:5556"));
            server.bind(Arguments.text(args, 1, "ipc:///tmp/req.ipc"));
            for (var i = 0L; i < Arguments.rounds(args, 2); i++) {
                var message = server.receive().text();
                System.out.println(message);
                server.send("Hello from server1:" + message);
            }
        }
    }
}
