package io.lingmq.torture;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The library's log, which says much under torture: nobody sees it, and some of its handlers throw. */
final class QuietLog {
    private static final Logger LIBRARY = Logger.getLogger("io.lingmq");

    private QuietLog() {}

    /** From now on the library's log goes nowhere. */
    static void install() {
        LIBRARY.setUseParentHandlers(false);
        LIBRARY.setLevel(Level.ALL);
    }

    /** A handler that throws an error at each record, until it is closed. */
    static AutoCloseable throwing() {
        var handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                throw new NoClassDefFoundError("a log handler of the torture test");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        LIBRARY.addHandler(handler);
        return () -> LIBRARY.removeHandler(handler);
    }
}
