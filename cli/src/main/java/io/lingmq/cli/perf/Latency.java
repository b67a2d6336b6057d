package io.lingmq.cli.perf;

import io.lingmq.RepSocket;
import io.lingmq.ReqSocket;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.Session;
import io.lingmq.message.Message;
import java.util.Arrays;
import java.util.Locale;

/** REQ and REP, one message on its way at a time; half of each round trip is one way. */
final class Latency {
    private Latency() {}

    static void reply(Load load) throws InterruptedException {
        Session.run(context -> {
            var rep = context.rep();
            rep.bind(load.endpoint());
            echo(rep, load);
        });
    }

    static void request(Load load, Console console) throws InterruptedException {
        Session.run(context -> {
            var req = context.req();
            req.connect(load.endpoint());
            ping(req, load, "lat", console);
        });
    }

    static void inproc(Load load, Console console) throws InterruptedException {
        Session.run(context -> {
            var req = context.req();
            req.bind(load.endpoint());
            var replier = Work.inThread("ling-rep", () -> {
                try (var rep = context.rep()) {
                    rep.connect(load.endpoint());
                    echo(rep, load);
                }
            });
            ping(req, load, "inproc-lat", console);
            replier.join();
        });
    }

    private static void echo(RepSocket socket, Load load) throws InterruptedException {
        for (var i = 0L; i < load.count(); i++) {
            socket.send(Work.take(socket, load.size()));
        }
    }

    private static void ping(ReqSocket socket, Load load, String label, Console console) throws InterruptedException {
        var roundTripsNs = new long[(int) load.count()];
        var message = Message.wrap(new byte[load.size()]);
        var begin = System.nanoTime();
        for (var i = 0; i < roundTripsNs.length; i++) {
            var sent = System.nanoTime();
            socket.send(message);
            message = Work.take(socket, load.size());
            roundTripsNs[i] = System.nanoTime() - sent;
        }
        var meanUs = (System.nanoTime() - begin) / 2e3 / roundTripsNs.length;
        report(roundTripsNs, meanUs, load, label, console);
    }

    private static void report(long[] roundTripsNs, double meanUs, Load load, String label, Console console) {
        Arrays.sort(roundTripsNs);
        var count = roundTripsNs.length;
        console.out()
                .printf(
                        Locale.ROOT,
                        "lingmq %s size=%d count=%d p50_us=%.2f p99_us=%.2f mean_us=%.2f%n",
                        label,
                        load.size(),
                        count,
                        roundTripsNs[count / 2] / 2e3,
                        roundTripsNs[(int) (count * 99L / 100)] / 2e3,
                        meanUs);
        console.out().flush();
    }
}
