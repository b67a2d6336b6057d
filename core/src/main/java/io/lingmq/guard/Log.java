package io.lingmq.guard;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The library's log. A log handler is the application's code, and may need classes, files and memory that are not to be
 * had at the moment: whatever it throws is swallowed, since there is nobody left to tell. So who logs can go on, and
 * first does what must be done, then tells.
 *
 * <p>Threading: any thread.
 */
public final class Log {
    private static final System.Logger LOGGER = System.getLogger("io.lingmq");

    private Log() {}

    /** Something that only a developer of the library wants to know. */
    public static void debug(String text, @Nullable Throwable cause) {
        log(Level.DEBUG, text, cause);
    }

    /** Something went wrong, and the application may want to do something about it. */
    public static void warning(String text) {
        log(Level.WARNING, text, null);
    }

    /** As {@link #warning(String)}, with its cause. */
    public static void warning(String text, @Nullable Throwable cause) {
        log(Level.WARNING, text, cause);
    }

    /** Something went wrong that should be impossible. */
    public static void error(String text, @Nullable Throwable cause) {
        log(Level.ERROR, text, cause);
    }

    private static void log(Level level, String text, @Nullable Throwable cause) {
        try {
            LOGGER.log(level, text, cause);
        } catch (Throwable e) { // the log itself has failed, and there is no other
            return;
        }
    }
}
