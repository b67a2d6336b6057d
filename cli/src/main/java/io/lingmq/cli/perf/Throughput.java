package io.lingmq.cli.perf;

import io.lingmq.Receiver;
import io.lingmq.Sender;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.Session;
import io.lingmq.message.Message;
import java.util.Locale;

/** PUSH to PULL as fast as it goes. */
final class Throughput {
    private Throughput() {}

    static void receive(Load load, Console console) throws InterruptedException {
        Session.run(context -> {
            var pull = context.pull();
            pull.bind(load.endpoint());
            drain(pull, load, "thr", console);
        });
    }

    static void send(Load load) throws InterruptedException {
        Session.run(context -> {
            var push = context.push();
            push.connect(load.endpoint());
            pour(push, load);
        });
    }

    static void inproc(Load load, Console console) throws InterruptedException {
        Session.run(context -> {
            var pull = context.pull();
            pull.bind(load.endpoint());
            var sender = Work.inThread("ling-push", () -> {
                try (var push = context.push()) {
                    push.connect(load.endpoint());
                    pour(push, load);
                }
            });
            drain(pull, load, "inproc-thr", console);
            sender.join();
        });
    }

    private static void pour(Sender socket, Load load) throws InterruptedException {
        for (var i = 0L; i < load.count(); i++) {
            socket.send(Message.wrap(new byte[load.size()]));
        }
    }

    /** The clock starts with the first message, so that neither start-up nor connecting counts. */
    private static void drain(Receiver socket, Load load, String label, Console console) throws InterruptedException {
        Work.take(socket, load.size());
        var begin = System.nanoTime();
        for (var i = 1L; i < load.count(); i++) {
            Work.take(socket, load.size());
        }
        var rate = (load.count() - 1) / ((System.nanoTime() - begin) / 1e9);
        console.out()
                .printf(
                        Locale.ROOT,
                        "lingmq %s size=%d count=%d msg_per_s=%.0f mb_per_s=%.1f%n",
                        label,
                        load.size(),
                        load.count(),
                        rate,
                        rate * load.size() / 1e6);
        console.out().flush();
    }
}
