package io.lingmq.cli.perf;

import io.lingmq.Context;
import io.lingmq.Receiver;
import io.lingmq.Sender;
import io.lingmq.cli.shell.CommandFailure;
import io.lingmq.cli.shell.Console;
import io.lingmq.cli.shell.Session;
import io.lingmq.message.Message;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * PUSH to PULL at even distance. Each message carries the time when it was sent, as {@link System#nanoTime} has it,
 * which on one host is the same for both sides. The first half is run-up.
 *
 * @param perSecond how many messages a second
 */
record Pace(WarmUp warmUp, Load load, int perSecond, Console console) {
    /** The size of the time in each message: 8 bytes, the lowest first. */
    private static final int STAMP = Long.BYTES;

    private static final VarHandle TIME = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** So slow that each side sleeps for each message, and so fast that the JVM sees it often. */
    private static final int WARM_UP_PER_SECOND = 5_000;

    Pace {
        if (load.size() < STAMP) {
            throw CommandFailure.usage(
                    "a message of " + load.size() + " bytes has no room for the time when it was sent: " + STAMP);
        }
    }

    void receive() throws InterruptedException {
        warmUp.with(load, this::warmUp);
        Session.run(context -> {
            var pull = context.pull();
            pull.bind(load.endpoint());
            receive(pull);
        });
    }

    void send() throws InterruptedException {
        warmUp.with(load, this::warmUp);
        Session.run(context -> {
            var push = context.push();
            push.connect(load.endpoint());
            var cpuPercent = send(push, load.count(), perSecond);
            print("lingmq pace-send rate=%d cpu_percent=%.1f%n", perSecond, cpuPercent);
        });
    }

    private void warmUp(Context context, Load part) throws InterruptedException {
        var pull = context.pull();
        var endpoint = pull.bind(part.endpoint());
        var sender = Work.inThread("ling-push", () -> {
            try (var push = context.push()) {
                push.connect(endpoint);
                send(push, part.count(), Math.max(perSecond, WARM_UP_PER_SECOND));
            }
        });
        for (var i = 0L; i < part.count(); i++) {
            var unused = ageNs(Work.take(pull, part.size()));
        }
        sender.join();
    }

    /** Returns what part of a processor this process used in the second half, in percent. */
    private double send(Sender socket, long count, int rate) throws InterruptedException {
        var intervalNs = 1_000_000_000L / rate;
        var atNs = System.nanoTime();
        var second = ProcessorTime.now();
        for (var i = 0L; i < count; i++) {
            if (i == count / 2) {
                second = ProcessorTime.now();
            }
            atNs += intervalNs;
            sleepUntil(atNs);
            var body = new byte[load.size()];
            TIME.set(body, 0, System.nanoTime());
            socket.send(Message.wrap(body));
        }
        return second.percentSince();
    }

    private static void sleepUntil(long atNs) throws InterruptedException {
        long leftNs;
        while ((leftNs = atNs - System.nanoTime()) > 0) {
            LockSupport.parkNanos(leftNs);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private void receive(Receiver socket) throws InterruptedException {
        var first = load.count() / 2;
        var eachNs = new long[(int) (load.count() - first)];
        for (var i = 0L; i < first; i++) {
            Work.take(socket, load.size());
        }
        var second = ProcessorTime.now();
        for (var i = 0; i < eachNs.length; i++) {
            eachNs[i] = ageNs(Work.take(socket, load.size()));
        }
        report(eachNs, second.percentSince());
    }

    private static long ageNs(Message message) {
        var sentNs = (long) TIME.get(message.sharedArray(0), 0);
        return System.nanoTime() - sentNs;
    }

    private void report(long[] eachNs, double cpuPercent) {
        Arrays.sort(eachNs);
        print(
                "lingmq pace size=%d count=%d rate=%d p50_us=%.2f p99_us=%.2f cpu_percent=%.1f%n",
                load.size(),
                load.count(),
                perSecond,
                eachNs[eachNs.length / 2] / 1e3,
                eachNs[(int) (eachNs.length * 99L / 100)] / 1e3,
                cpuPercent);
    }

    private void print(String format, Object... values) {
        console.out().printf(Locale.ROOT, format, values);
        console.out().flush();
    }
}
