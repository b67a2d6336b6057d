package io.lingmq.examples;

import io.lingmq.Context;
import io.lingmq.Interest;

/**
 * Passes requests of many clients to many workers, and the replies back, by polling. Arguments: endpoint to bind for
 * clients, endpoint to bind for workers.
 */
public final class BrokerWithPoll {
    private BrokerWithPoll() {}

    /** Runs the broker until it is interrupted. */
    public static void main(String... args) throws InterruptedException {
        try (var context = Context.open();
                var frontend = context.router();
                var backend = context.dealer();
                var poller = context.poller()) {
            frontend.bind(Arguments.text(args, 0, "tcp://*:5559"));
            backend.bind(Arguments.text(args, 1, "tcp://*:5560"));
            poller.add(frontend, Interest.READ);
            poller.add(backend, Interest.READ);
            while (true) {
                for (var ready : poller.poll()) {
                    if (ready.is(frontend)) {
                        backend.send(frontend.receive());
                    } else {
                        frontend.send(backend.receive());
                    }
                }
            }
        }
    }
}
