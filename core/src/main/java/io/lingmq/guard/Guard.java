package io.lingmq.guard;

import org.jspecify.annotations.Nullable;

/**
 * Calls code that may throw anything: listeners, executors, subscribers, authenticators of the application, and tasks
 * whose failure must remain their own. Nothing it throws reaches the caller, not even an {@link Error}: the thread that
 * calls serves others too.
 *
 * <p>Threading: any thread.
 */
public final class Guard {
    private Guard() {}

    /**
     * Does what is done after a failure, once without one: the Java machine makes its classes ready when they are first
     * used, for which there may be no memory then.
     */
    public static void prepare() {
        Log.prepare();
        var unused = run("nobody", () -> {});
    }

    /**
     * Runs the code; what it throws is logged as a warning and returned.
     *
     * @param who whose code it is, as the log names it: "a monitor's listener"
     * @return null if the code ended well
     */
    public static @Nullable Throwable run(String who, Runnable code) {
        try {
            code.run();
            return null;
        } catch (Throwable e) { // whatever it is, it is not the caller's
            Log.failed(who, e, 0);
            return e;
        }
    }
}
