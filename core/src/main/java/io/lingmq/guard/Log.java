package io.lingmq.guard;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The library's log. A log handler is the application's code, and may need classes, files and memory that are not to be
 * had at the moment: whatever it throws is swallowed, since there is nobody left to tell. So who logs can go on, and
 * first does what must be done, then tells.
 *
 * <p>The logger is asked for at the first line, so that a program without any does not wait for it; if there is none to
 * be had at that moment, at the next line again.
 *
 * <p>Threading: any thread.
 */
public final class Log {
    private static final String NAME = "io.lingmq";

    /** As far as it was found; tests put their own here. */
    static volatile System.@Nullable Logger logger;

    private Log() {}

    /** Puts a line together that nobody reads. */
    static void prepare() {
        var unused = line("a" + Level.WARNING, " line", 1);
    }

    private static String line(String who, String what, long leftOut) {
        return leftOut == 0 ? who + what : who + what + "; failures before it that were not logged: " + leftOut;
    }

    /** Something that only a developer of the library wants to know. */
    public static void debug(String text, @Nullable Throwable cause) {
        log(Level.DEBUG, text, "", 0, cause);
    }

    /** Something went wrong, and the application may want to do something about it. */
    public static void warning(String text) {
        log(Level.WARNING, text, "", 0, null);
    }

    /** As {@link #warning(String)}, with its cause. */
    public static void warning(String text, @Nullable Throwable cause) {
        log(Level.WARNING, text, "", 0, cause);
    }

    /**
     * Messages were lost at a close: a warning, once. If the log may be gone since the Java machine shuts down, it goes
     * to {@code System.err} and not to the log: the application would never know otherwise, or be told twice.
     */
    public static void loss(String text) {
        if (logMayBeGone()) {
            JvmShutdown.print("WARNING: " + NAME + ": " + text);
        } else {
            warning(text);
        }
    }

    private static boolean logMayBeGone() {
        try {
            return JvmShutdown.mayTakeTheLogAway();
        } catch (Throwable e) { // nobody may ask, say
            return false;
        }
    }

    /**
     * Something has failed; the text is put together here, since there may be no memory for it.
     *
     * @param leftOut how many such failures were not logged before this one
     */
    static void failed(String who, Throwable cause, long leftOut) {
        log(Level.WARNING, who, " failed", leftOut, cause);
    }

    /** Something went wrong that should be impossible. */
    public static void error(String text, @Nullable Throwable cause) {
        log(Level.ERROR, text, "", 0, cause);
    }

    private static void log(Level level, String who, String what, long leftOut, @Nullable Throwable cause) {
        try {
            logger().log(level, line(who, what, leftOut), cause);
        } catch (Throwable e) { // the log itself has failed, and there is no other
            return;
        }
    }

    private static System.Logger logger() {
        var found = logger;
        if (found == null) {
            found = System.getLogger(NAME);
            logger = found;
        }
        return found;
    }
}
