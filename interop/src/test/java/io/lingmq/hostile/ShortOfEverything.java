package io.lingmq.hostile;

import io.lingmq.Context;
import io.lingmq.event.SocketEvent;
import io.lingmq.message.Message;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * A server for a process of its own, in which memory or descriptors are scarce and the log may fail: it sends each
 * request back, and prints its endpoint and then its events.
 */
public final class ShortOfEverything {
    private ShortOfEverything() {}

    /** Begins; with the word {@code log} the log handler throws errors. */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length > 0 && arguments[0].equals("log")) {
            Logger.getLogger("").addHandler(new Broken());
        }
        try (var context = Context.open();
                var server = context.router()) {
            server.monitor(ShortOfEverything::print);
            System.out.println(server.bind("tcp://127.0.0.1:*"));
            while (true) {
                try {
                    server.sendTo(server.receive().bytes(0), Message.of("served"));
                } catch (OutOfMemoryError e) {
                    System.out.println("no memory");
                }
            }
        }
    }

    private static void print(SocketEvent event) {
        System.out.println(event.getClass().getSimpleName());
    }

    private static final class Broken extends Handler {
        @Override
        public void publish(LogRecord line) {
            throw new StackOverflowError("of a log handler, on purpose");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Stands in for a logging library that cannot be loaded. */
    public static final class NoLogger extends System.LoggerFinder {
        @Override
        public System.Logger getLogger(String name, Module module) {
            throw new NoClassDefFoundError("of a logger finder, on purpose");
        }
    }
}
