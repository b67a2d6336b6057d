package io.lingmq.cli.demo;

import io.lingmq.Context;
import io.lingmq.DealerSocket;
import io.lingmq.Interest;
import io.lingmq.Proxy;
import io.lingmq.RouterSocket;
import io.lingmq.message.Message;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Many clients and many workers, who know nothing of each other, with a ROUTER and a DEALER in between. */
final class BrokerScene implements Scene {
    private static final int WORKERS = 3;
    private static final int CLIENTS = 4;
    private static final int REQUESTS = 5;

    private final String title;
    private final Broker broker;

    /** Passes requests to the back and replies to the front, until the context is closed. */
    @FunctionalInterface
    private interface Broker {
        void run(Context context, RouterSocket frontend, DealerSocket backend) throws InterruptedException;
    }

    private BrokerScene(String title, Broker broker) {
        this.title = title;
        this.broker = broker;
    }

    static BrokerScene withPoller() {
        return new BrokerScene("A broker that polls ROUTER and DEALER", BrokerScene::poll);
    }

    static BrokerScene withProxy() {
        return new BrokerScene("The same broker as a ready-made proxy", (context, frontend, backend) -> {
            try (var proxy = Proxy.between(frontend, backend)) {
                proxy.run();
            }
        });
    }

    private static void poll(Context context, RouterSocket frontend, DealerSocket backend) throws InterruptedException {
        try (var poller = context.poller()) {
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

    @Override
    public String title() {
        return title;
    }

    @Override
    public void play(SceneRun run) throws InterruptedException {
        var frontend = run.context().router();
        var backend = run.context().dealer();
        var front = run.tcp(5559);
        var back = run.tcp(5560);
        frontend.bind(front.bind());
        backend.bind(back.bind());
        run.start("broker", () -> broker.run(run.context(), frontend, backend));
        run.says("broker", "binds a ROUTER to " + front.bind() + " and a DEALER to " + back.bind());
        Map<Integer, Integer> served = new ConcurrentHashMap<>();
        for (var w = 1; w <= WORKERS; w++) {
            var worker = w;
            run.start("worker-" + w, () -> serve(run.context(), back.connect(), worker, served));
        }
        run.awaitPeers(backend, WORKERS);
        run.says("workers", WORKERS + " REPs connect to the DEALER");
        ask(run, front.connect());
        run.says("workers", "served " + served.values() + " requests");
        run.check(served.size() == WORKERS, "only " + served.size() + " of " + WORKERS + " workers got work");
    }

    private static void ask(SceneRun run, String endpoint) throws InterruptedException {
        var wrong = new ConcurrentLinkedQueue<String>();
        var clients = new ArrayList<Thread>();
        for (var c = 1; c <= CLIENTS; c++) {
            var client = c;
            clients.add(run.start("client-" + c, () -> ask(run.context(), endpoint, client, wrong)));
        }
        for (var client : clients) {
            run.awaitEnd(client);
        }
        run.check(wrong.isEmpty(), "wrong replies came: " + wrong);
        run.arrived(CLIENTS * REQUESTS);
        run.says(
                "clients",
                CLIENTS + " REQs send " + REQUESTS + " requests each; every client got its own "
                        + CLIENTS * REQUESTS / CLIENTS + " replies back");
    }

    private static void ask(Context context, String endpoint, int client, ConcurrentLinkedQueue<String> wrong)
            throws InterruptedException {
        try (var req = context.req()) {
            req.connect(endpoint);
            for (var i = 1; i <= REQUESTS; i++) {
                var request = "Hello From Client:" + client + "." + i;
                var reply = req.request(Message.of(request), SceneRun.PATIENCE);
                if (reply == null || !reply.text().matches("From Server\\d:" + request)) {
                    wrong.add(request + " -> " + reply);
                    return;
                }
            }
        }
    }

    private static void serve(Context context, String endpoint, int worker, Map<Integer, Integer> served)
            throws InterruptedException {
        try (var rep = context.rep()) {
            rep.connect(endpoint);
            while (true) {
                var request = rep.receive();
                served.merge(worker, 1, Integer::sum);
                rep.send("From Server" + worker + ":" + request.text());
            }
        }
    }
}
