package io.lingmq.guard;

/**
 * Whether the Java machine is shutting down, and what that does to the log.
 *
 * <p>Threading: any thread.
 */
final class JvmShutdown {
    private static final String JAVA_LOGGING = "java.logging";

    private JvmShutdown() {}

    /**
     * Whether what is logged now may be lost: while the Java machine shuts down, {@code java.util.logging} takes away
     * all handlers, in a hook of its own that runs beside those of the application. Nobody can tell when, so nobody can
     * tell whether a line came in time. Other loggers stay.
     */
    static boolean mayTakeTheLogAway() {
        return isInProgress()
                && JAVA_LOGGING.equals(System.LoggerFinder.getLoggerFinder()
                        .getClass()
                        .getModule()
                        .getName());
    }

    /** Tells what the log may not tell any more: the one case in which the library prints. */
    static void print(String line) {
        System.err.println(line);
    }

    /** Asked by removing a hook that was never there, which is refused from the moment when the shutdown has begun. */
    private static boolean isInProgress() {
        try {
            Runtime.getRuntime().removeShutdownHook(new Thread("no hook"));
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
