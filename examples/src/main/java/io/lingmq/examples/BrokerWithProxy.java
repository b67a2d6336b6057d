package io.lingmq.examples;

import io.lingmq.Context;
import io.lingmq.Proxy;

/** The same broker as {@link BrokerWithPoll}, ready-made. Arguments: endpoint for clients, endpoint for workers. */
public final class BrokerWithProxy {
    private BrokerWithProxy() {}

    /** Runs the broker until it is interrupted. */
    public static void main(String... args) throws InterruptedException {
        try (var context = Context.open();
                var frontend = context.router();
                var backend = context.dealer()) {
            frontend.bind(Arguments.text(args, 0, "tcp://*:5559"));
            backend.bind(Arguments.text(args, 1, "tcp://*:5560"));
            Proxy.between(frontend, backend).run();
        }
    }
}
