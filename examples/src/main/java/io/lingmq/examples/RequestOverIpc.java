package io.lingmq.examples;

import io.lingmq.Context;
import java.util.UUID;

/** Asks a server on the same host, over tcp just as well. Arguments: endpoint to connect to. */
public final class RequestOverIpc {
    private RequestOverIpc() {}

    /** Runs the client. */
    public static void main(String... args) throws InterruptedException {
        try (var context = Context.open();
                var client = context.req()) {
            client.connect(Arguments.text(args, 0, "ipc:///tmp/req.ipc"));
            System.out.println(
                    client.request("Hello From Client1:" + UUID.randomUUID()).text());
        }
    }
}
