package io.lingmq.cli.perf;

import io.lingmq.Context;
import io.lingmq.Interest;
import io.lingmq.Poller;
import io.lingmq.SubSocket;
import io.lingmq.XPubSocket;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.Session;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import java.util.Locale;

/** One publisher, many subscribers, every message to all of them. */
record FanOut(WarmUp warmUp, Load load, Console console) {
    void publish() throws InterruptedException {
        warmUp.with(load, FanOut::exchange);
        Session.run(context -> {
            var xpub = publisher(context);
            xpub.bind(load.endpoint());
            pour(xpub, load);
        });
    }

    void subscribe() throws InterruptedException {
        warmUp.with(load, FanOut::exchange);
        Session.run(context -> {
            try (var poller = subscribers(context, load)) {
                report(drain(poller, load));
            }
        });
    }

    /** Both sides. */
    private static void exchange(Context context, Load load) throws InterruptedException {
        var xpub = publisher(context);
        var there = load.at(xpub.bind(load.endpoint()));
        var publisher = Work.inThread("ling-pub", () -> pour(xpub, there));
        try (var poller = subscribers(context, there)) {
            drain(poller, there);
        }
        publisher.join();
    }

    private static XPubSocket publisher(Context context) {
        var xpub = context.xpub();
        xpub.set(Options.XPUB_NO_DROP, true);
        xpub.set(Options.XPUB_VERBOSE, true);
        return xpub;
    }

    private static void pour(XPubSocket xpub, Load load) throws InterruptedException {
        for (var i = 0; i < load.subscribers(); i++) {
            xpub.receive();
        }
        for (var i = 0L; i < load.count(); i++) {
            xpub.send(Message.wrap(new byte[load.size()]));
        }
    }

    private void report(double seconds) {
        console.out()
                .printf(
                        Locale.ROOT,
                        "lingmq fanout size=%d subs=%d deliveries_per_s=%.0f%n",
                        load.size(),
                        load.subscribers(),
                        load.subscribers() * load.count() / seconds);
        console.out().flush();
    }

    private static Poller subscribers(Context context, Load load) {
        var poller = context.poller();
        for (var i = 0; i < load.subscribers(); i++) {
            var sub = context.sub();
            sub.subscribe("");
            sub.connect(load.endpoint());
            poller.add(sub, Interest.READ);
        }
        return poller;
    }

    /** The time from the first delivery to the last, in seconds. */
    private static double drain(Poller poller, Load load) throws InterruptedException {
        var deliveries = load.subscribers() * load.count();
        var begin = 0L;
        for (var received = 0L; received < deliveries; ) {
            var found = poller.poll();
            begin = begin == 0 ? System.nanoTime() : begin;
            for (var ready : found) {
                if (ready.socket() instanceof SubSocket sub) {
                    received += drain(sub, load);
                }
            }
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static long drain(SubSocket sub, Load load) {
        var received = 0L;
        for (var message = sub.tryReceive(); message != null; message = sub.tryReceive()) {
            Work.checked(message, load.size());
            received++;
        }
        return received;
    }
}
