package io.lingmq.bench.peer;

import io.lingmq.bench.peer.Library.Kind;
import io.lingmq.bench.peer.Pace.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Clients that have several requests on the way each, and a server that answers all of them. */
final class Requests {
    private Requests() {}

    /** ENDPOINT RUN_UP. */
    static void answer(Bench bench, Load load) throws InterruptedException, IOException {
        var router = bench.bound(Kind.ROUTER, load.endpoint());
        Background.stay(bench, "answer", load.number(1), () -> {
            router.echo();
            return 1;
        });
    }

    /** ENDPOINT SIZE CLIENTS WINDOW RUN_UP TIME. */
    static void ask(Bench bench, Load load) throws InterruptedException {
        var body = new byte[load.number(1)];
        var window = load.number(3);
        var clients = clients(bench, load.endpoint(), load.number(2));
        for (var client : clients) {
            for (var i = 0; i < window; i++) {
                client.send(body);
            }
        }
        var watch = bench.library().watch(clients);
        Step exchange = () -> Bench.drain(watch.await(), body.length, answered -> answered.send(body));
        exchange.run(); // finds the server, for which the run-up waits
        var pace = Pace.of(load, 4);
        pace.runUp(exchange);
        var measured = pace.measure(exchange);
        var line = bench.line("requests")
                .with("size", body.length)
                .with("clients", clients.size())
                .with("window", window)
                .with("answers_per_s", measured.perSecond());
        measured.describe(line, "receiver").print(bench.out());
    }

    private static List<Port> clients(Bench bench, String endpoint, int count) {
        var ports = new ArrayList<Port>();
        for (var i = 0; i < count; i++) {
            ports.add(bench.connected(Kind.DEALER, endpoint));
        }
        return ports;
    }
}
