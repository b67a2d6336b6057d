package io.lingmq.examples;

import io.lingmq.Context;
import java.util.UUID;

/** Asks once and prints the answer; may start before the server. Arguments: endpoint to connect to. */
public final class RequestClient {
    private RequestClient() {}

    /** Runs the client. */
    public static void main(String... args) throws InterruptedException {
        try (var context = Context.open();
                var client = context.req()) {
            client.connect(Arguments.text(args, 0, "tcp://localhost:5559"));
            client.send("Hello From Client:" + UUID.randomUUID());
            System.out.println(client.receive().text());
        }
    }
}
