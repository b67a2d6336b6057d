package io.lingmq.cli.perf;

import io.lingmq.Context;
import io.lingmq.Poller;
import io.lingmq.SubSocket;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.Session;
import io.lingmq.message.Message;
import io.lingmq.option.Options;
import java.util.Locale;

/** One publisher, many subscribers, every message to all of them. */
final class FanOut {
    private FanOut() {}

    static void publish(Load load) throws InterruptedException {
        Session.run(context -> {
            var xpub = context.xpub();
            xpub.set(Options.XPUB_NO_DROP, true);
            xpub.set(Options.XPUB_VERBOSE, true);
            xpub.bind(load.endpoint());
            for (var i = 0; i < load.subscribers(); i++) {
                xpub.receive();
            }
            for (var i = 0L; i < load.count(); i++) {
                xpub.send(Message.wrap(new byte[load.size()]));
            }
        });
    }

    static void subscribe(Load load, Console console) throws InterruptedException {
        Session.run(context -> {
            try (var poller = subscribers(context, load)) {
                var deliveries = load.subscribers() * load.count();
                var seconds = drain(poller, load, deliveries);
                console.out()
                        .printf(
                                Locale.ROOT,
                                "lingmq fanout size=%d subs=%d deliveries_per_s=%.0f%n",
                                load.size(),
                                load.subscribers(),
                                deliveries / seconds);
                console.out().flush();
            }
        });
    }

    private static Poller subscribers(Context context, Load load) {
        var poller = context.poller();
        for (var i = 0; i < load.subscribers(); i++) {
            var sub = context.sub();
            sub.subscribe("");
            sub.connect(load.endpoint());
            poller.add(sub, Poller.READ);
        }
        return poller;
    }

    /** The time from the first delivery to the last, in seconds. */
    private static double drain(Poller poller, Load load, long deliveries) throws InterruptedException {
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
