package io.lingmq.bench.peer;

import java.io.PrintStream;
import java.util.Locale;

/** One line of results: a label, then {@code name=value} pairs. */
final class Line {
    /** Tells the runner that the next process may start. */
    static final String READY = "ready";

    private final StringBuilder text;

    Line(String label) {
        text = new StringBuilder(label);
    }

    Line with(String name, long value) {
        text.append(' ').append(name).append('=').append(value);
        return this;
    }

    Line with(String name, double value) {
        text.append(' ').append(name).append('=').append(String.format(Locale.ROOT, "%.3f", value));
        return this;
    }

    void print(PrintStream out) {
        out.println(text);
        out.flush();
    }
}
