package io.lingmq.guard;

import java.util.ResourceBundle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hears what the library logs, until it is closed. */
public final class LogTrap implements System.Logger, AutoCloseable {
    private final System.@Nullable Logger before = Log.logger;
    private final Consumer<String> heard;

    /** Hears warnings and errors. */
    public LogTrap(Consumer<String> heard) {
        this.heard = heard;
        Log.logger = this;
    }

    @Override
    public String getName() {
        return "trap";
    }

    @Override
    public boolean isLoggable(Level level) {
        return level.compareTo(Level.WARNING) >= 0;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String text, Throwable cause) {
        if (isLoggable(level)) {
            heard.accept(text + (cause == null ? "" : ": " + cause + where(cause)));
        }
    }

    private static String where(Throwable cause) {
        var trace = cause.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... values) {
        log(level, bundle, format, (Throwable) null);
    }

    @Override
    public void close() {
        Log.logger = before;
    }
}
