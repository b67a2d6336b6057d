package io.lingmq.bench.run;

import java.util.List;
import java.util.Locale;

/** A library that is measured, in the order of every table. */
public enum Contender {
    /** Ours. */
    LINGMQ("LingMQ"),
    /** The one in C++ that all others are compared with. */
    LIBZMQ("libzmq"),
    /** The other one in pure Java. */
    JEROMQ("JeroMQ"),
    /** No ZeroMQ, and over shared memory: the far mark, for paced streams alone. */
    AERON("Aeron");

    /** Those that speak ZeroMQ's protocols, so that each can do the other's work. */
    public static final List<Contender> ZEROMQ = List.of(LINGMQ, LIBZMQ, JEROMQ);

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
