package io.lingmq.bench.run;

import java.io.PrintStream;
import java.time.Duration;

/** Tells how far the runs are: on a terminal in one line, elsewhere in a line for each. */
public final class Progress {
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    private final boolean onTerminal;
    private final long beginNs = System.nanoTime();

    /** A progress line on the given stream. */
    public Progress(PrintStream out, boolean onTerminal) {
        this.out = out;
        this.onTerminal = onTerminal;
    }

    void show(int done, int all, String current) {
        var text = "[" + (done + 1) + "/" + all + "] " + current + left(done, all);
        if (onTerminal) {
            out.print(CLEAR_LINE + text);
        } else {
            out.println(text);
        }
        out.flush();
    }

    private String left(int done, int all) {
        if (done == 0) {
            return "";
        }
        var spent = Duration.ofNanos(System.nanoTime() - beginNs);
        return ", about " + (spent.dividedBy(done).multipliedBy(all - done).toMinutes() + 1) + " min left";
    }

    void say(String text) {
        done();
        out.println("bench: " + text);
    }

    void done() {
        if (onTerminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}
