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
    private static long[] exchange(Context context, Load load) throws InterruptedException {
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

    private static long[] ping(ReqSocket socket, Load load) throws InterruptedException {
        var eachNs = new long[(int) load.count()];
        var message = Message.wrap(new byte[load.size()]);
        for (var i = 0; i < eachNs.length; i++) {
            var sent = System.nanoTime();
            socket.send(message);
            message = Work.take(socket, load.size());
            eachNs[i] = System.nanoTime() - sent;
        }
        return eachNs;
    }

    /** Without the first, which also waits for the other side to come and to have warmed up; 0 if that is all. */
    private static double meanUs(long[] eachNs) {
        return Arrays.stream(eachNs).skip(1).average().orElse(0) / 2e3;
    }

    private void report(String label, long[] eachNs) {
        var meanUs = meanUs(eachNs);
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
                        meanUs);
        console.out().flush();
    }
}
