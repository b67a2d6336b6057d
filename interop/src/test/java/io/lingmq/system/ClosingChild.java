package io.lingmq.system;

import io.lingmq.Context;
import io.lingmq.option.Options;
import io.lingmq.option.Settings;
import io.lingmq.testkit.Await;
import java.time.Duration;
import java.util.logging.Logger;

/** A program of its own that closes its context with a message that was not sent, at one moment or another. */
final class ClosingChild {
    private ClosingChild() {}

    /** When it closes. */
    enum Moment {
        /** In the main thread. */
        IN_MAIN,
        /** In a shutdown hook; the program has never logged anything. */
        IN_HOOK,
        /** In a shutdown hook; the program has logged something, so java.util.logging has a hook of its own. */
        IN_HOOK_BESIDE_THE_LOG,
        /** In a shutdown hook, when java.util.logging is gone. */
        IN_HOOK_AFTER_THE_LOG
    }

    /** The child; its argument is the moment. */
    public static void main(String[] arguments) throws InterruptedException {
        var moment = Moment.valueOf(arguments[0]);
        var context = Context.open();
        var push = context.push(Settings.of(Options.LINGER, Duration.ZERO));
        push.connect("inproc://nobody");
        push.send("unsent");
        if (moment == Moment.IN_MAIN) {
            close(context);
            return;
        }
        if (moment != Moment.IN_HOOK) {
            Logger.getLogger("child").info("begins");
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (moment == Moment.IN_HOOK_AFTER_THE_LOG) {
                Await.until("the log is gone", () -> Logger.getLogger("").getHandlers().length == 0);
            }
            close(context);
        }));
    }

    private static void close(Context context) {
        System.out.println("returned: " + context.close(Duration.ofSeconds(5)));
    }
}
