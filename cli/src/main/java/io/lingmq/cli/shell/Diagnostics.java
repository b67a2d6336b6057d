package io.lingmq.cli.shell;

import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Where the library's log goes in this process: what is worth a person's attention to stderr, a line each.
 *
 * <p>Commands tell their failures themselves, so a mere warning would say the same twice; one with an exception is an
 * internal failure that nobody else tells. It also spares every start the time to set up the JDK's own logging.
 *
 * <p>Threading: any thread.
 */
public final class Diagnostics extends System.LoggerFinder {
    /** Creates it; done by the JDK's service loader. */
    public Diagnostics() {}

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Line(name);
    }

    private record Line(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return level.getSeverity() >= Level.WARNING.getSeverity() && level != Level.OFF;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String text, @Nullable Throwable thrown) {
            if (level == Level.ERROR || (level == Level.WARNING && thrown != null)) {
                System.err.println("ling: " + text + (thrown == null ? "" : ": " + thrown));
            }
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... values) {
            log(level, bundle, format, (Throwable) null);
        }
    }
}
