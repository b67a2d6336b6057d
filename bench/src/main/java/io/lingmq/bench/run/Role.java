package io.lingmq.bench.run;

import java.util.List;

/**
 * One process of a scenario.
 *
 * @param words what it is told to do
 * @param stays whether it goes on until its input ends, rather than by itself
 * @param announces whether it says when the next process may start
 */
public record Role(List<String> words, boolean stays, boolean announces) {
    /** A process that ends when its work is done. */
    static Role ends(Object... words) {
        return new Role(texts(words), false, false);
    }

    /** A process that goes on until its input ends. */
    static Role stays(Object... words) {
        return new Role(texts(words), true, false);
    }

    /** The same, but the next process starts only when this one says so. */
    Role announcing() {
        return new Role(words, stays, true);
    }

    private static List<String> texts(Object... words) {
        return List.of(words).stream().map(Object::toString).toList();
    }
}
