package io.lingmq.cli.perf;

import io.lingmq.Context;
import io.lingmq.RepSocket;
import io.lingmq.ReqSocket;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.Session;
import io.lingmq.message.Message;
import java.util.Arrays;
import java.util.Locale;

/** REQ and REP, one message on its way at a time; half of each round trip is one way. */
record Latency(WarmUp warmUp, Load load, Console console) {
    private record RoundTrips(long[] eachNs, double meanUs) {}

    void reply() throws InterruptedException {
        warmUp.with(load, Latency::exchange);
        Session.run(context -> {
            var rep = context.rep();
            rep.bind(load.endpoint());
            echo(rep, load);
        });
    }

    void request() throws InterruptedException {
        warmUp.with(load, Latency::exchange);
        Session.run(context -> {
            var req = context.req();
            req.connect(load.endpoint());
            report("lat", ping(req, load));
        });
    }

    void inproc() throws InterruptedException {
        warmUp.with(load, Latency::exchange);
        Session.run(context -> report("inproc-lat", exchange(context, load)));
    }

    /** Both sides. */
    private static RoundTrips exchange(Context context, Load load) throws InterruptedException {
        var req = context.req();
        var endpoint = req.bind(load.endpoint());
        var replier = Work.inThread("ling-rep", () -> {
            try (var rep = context.rep()) {
                rep.connect(endpoint);
                echo(rep, load);
            }
        });
        var roundTrips = ping(req, load);
        replier.join();
        return roundTrips;
    }

    private static void echo(RepSocket socket, Load load) throws InterruptedException {
        for (var i = 0L; i < load.count(); i++) {
            socket.send(Work.take(socket, load.size()));
        }
    }

    private static RoundTrips ping(ReqSocket socket, Load load) throws InterruptedException {
        var eachNs = new long[(int) load.count()];
        var message = Message.wrap(new byte[load.size()]);
        var begin = System.nanoTime();
        for (var i = 0; i < eachNs.length; i++) {
            var sent = System.nanoTime();
            socket.send(message);
            message = Work.take(socket, load.size());
            eachNs[i] = System.nanoTime() - sent;
        }
        return new RoundTrips(eachNs, (System.nanoTime() - begin) / 2e3 / eachNs.length);
    }

    private void report(String label, RoundTrips roundTrips) {
        var eachNs = roundTrips.eachNs;
        Arrays.sort(eachNs);
        var count = eachNs.length;
        console.out()
                .printf(
                        Locale.ROOT,
                        "lingmq %s size=%d count=%d p50_us=%.2f p99_us=%.2f mean_us=%.2f%n",
                        label,
                        load.size(),
                        count,
                        eachNs[count / 2] / 2e3,
                        eachNs[(int) (count * 99L / 100)] / 2e3,
                        roundTrips.meanUs);
        console.out().flush();
    }
}
