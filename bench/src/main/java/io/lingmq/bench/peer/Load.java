package io.lingmq.bench.peer;

import java.util.List;

/** The words behind the name of a measurement. */
record Load(String work, List<String> words) {
    static final String INPROC = "inproc://work";

    String endpoint() {
        return word(0);
    }

    String otherEndpoint() {
        return word(1);
    }

    /** The number at a position. */
    int number(int index) {
        try {
            return Integer.parseInt(word(index));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(work + ": '" + words.get(index) + "' is not a number", e);
        }
    }

    /** The number at a position, 0 if it was left out. */
    int numberOrZero(int index) {
        return index < words.size() ? number(index) : 0;
    }

    /** The word at a position. */
    String word(int index) {
        if (index >= words.size()) {
            throw new IllegalArgumentException(work + " needs more arguments than " + words);
        }
        return words.get(index);
    }
}
