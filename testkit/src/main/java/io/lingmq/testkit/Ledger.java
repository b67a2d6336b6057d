package io.lingmq.testkit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Keeps account of a stream of numbered messages that faults may interrupt: each at most once, in order.
 *
 * <p>Threading: one thread at a time.
 */
public final class Ledger {
    private static final int SHOWN = 10;

    private final BitSet seen = new BitSet();
    private final List<String> twice = new ArrayList<>();
    private final List<String> overtaken = new ArrayList<>();
    private int last = -1;

    /** A ledger with no entry. */
    public Ledger() {}

    /** Notes a number that arrived, counted from 0. */
    public void note(int number) {
        if (seen.get(number)) {
            twice.add(number + " came twice");
        } else if (number < last) {
            overtaken.add(number + " came after " + last);
        }
        seen.set(number);
        last = Math.max(last, number);
    }

    /** The highest number so far; -1 before the first. */
    public int last() {
        return last;
    }

    /** How many different numbers have come. */
    public int count() {
        return seen.cardinality();
    }

    /** How many numbers below the highest one have not come. */
    public int missing() {
        return last + 1 - count();
    }

    /**
     * Nothing came twice, and nothing overtook.
     *
     * @throws AssertionError naming the first offences
     */
    public void assertOrderedAndUnique() {
        assertUnique();
        assertNone(overtaken);
    }

    /**
     * Nothing came twice. All that can be asked for where what a lost connection had brought may be read after the
     * first that comes on the next one.
     *
     * @throws AssertionError naming the first offences
     */
    public void assertUnique() {
        assertNone(twice);
    }

    private static void assertNone(List<String> offences) {
        if (!offences.isEmpty()) {
            throw new AssertionError(
                    offences.size() + " offences, first " + offences.subList(0, Math.min(SHOWN, offences.size())));
        }
    }
}
