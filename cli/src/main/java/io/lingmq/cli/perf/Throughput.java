package io.lingmq.cli.perf;

import io.lingmq.Context;
import io.lingmq.Receiver;
import io.lingmq.Sender;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.Session;
import io.lingmq.message.Message;
import java.util.Locale;

/** PUSH to PULL as fast as it goes. */
record Throughput(WarmUp warmUp, Load load, Console console) {
    void receive() throws InterruptedException {
        warmUp.with(load, Throughput::exchange);
        Session.run(context -> {
            var pull = context.pull();
            pull.bind(load.endpoint());
            report("thr", drain(pull, load));
        });
    }

    void send() throws InterruptedException {
        warmUp.with(load, Throughput::exchange);
        Session.run(context -> {
            var push = context.push();
            push.connect(load.endpoint());
            pour(push, load);
        });
    }

    void inproc() throws InterruptedException {
        warmUp.with(load, Throughput::exchange);
        Session.run(context -> report("inproc-thr", exchange(context, load)));
    }

    /** Both sides; returns the messages per second. */
    private static double exchange(Context context, Load load) throws InterruptedException {
        var pull = context.pull();
        var endpoint = pull.bind(load.endpoint());
        var sender = Work.inThread("ling-push", () -> {
            try (var push = context.push()) {
                push.connect(endpoint);
                pour(push, load);
            }
        });
        var rate = drain(pull, load);
        sender.join();
        return rate;
    }

    private static void pour(Sender socket, Load load) throws InterruptedException {
        for (var i = 0L; i < load.count(); i++) {
            socket.send(Message.wrap(new byte[load.size()]));
        }
    }

    /** The clock starts with the first message, so that neither start-up nor connecting counts. */
    private static double drain(Receiver socket, Load load) throws InterruptedException {
        Work.take(socket, load.size());
        var begin = System.nanoTime();
        for (var i = 1L; i < load.count(); i++) {
            Work.take(socket, load.size());
        }
        return (load.count() - 1) / ((System.nanoTime() - begin) / 1e9);
    }

    private void report(String label, double rate) {
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
