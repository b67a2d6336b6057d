package io.lingmq.examples;

import io.lingmq.Context;
import java.util.UUID;

/** Client and server in one process; they must share a context. */
public final class InprocRequestReply {
    private InprocRequestReply() {}

    /** Asks and answers. */
    public static void main(String... args) throws InterruptedException {
        try (var context = Context.open();
                var server = context.rep();
                var client = context.req()) {
            server.bind("inproc://reply");
            client.connect("inproc://reply");
            client.send("Hello From Client1:" + UUID.randomUUID());
            System.out.println(server.receive().text());
        }
    }
}
