package io.lingmq.bench.run;

import java.util.Locale;

/** A library that is measured, in the order of every table. */
public enum Contender {
    /** Ours. */
    LINGMQ("LingMQ"),
    /** The one in C++ that all others are compared with. */
    LIBZMQ("libzmq"),
    /** The other one in pure Java. */
    JEROMQ("JeroMQ");

    private final String title;

    Contender(String title) {
        this.title = title;
    }

    /** The name for readers. */
    public String title() {
        return title;
    }

    /** The name in files and on command lines. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one with that key. */
    public static Contender of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
