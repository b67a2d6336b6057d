package io.lingmq.bench.run;

import java.io.PrintStream;

/** Tells on a terminal how far the runs are; elsewhere it only reports what went wrong. */
public final class Progress {
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintStream out;
    private final boolean onTerminal;

    /** A progress line on the given stream. */
    public Progress(PrintStream out, boolean onTerminal) {
        this.out = out;
        this.onTerminal = onTerminal;
    }

    void show(int done, int all, String current) {
        if (onTerminal) {
            out.print(CLEAR_LINE + "[" + (done + 1) + "/" + all + "] " + current);
            out.flush();
        }
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
